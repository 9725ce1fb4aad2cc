// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Transforms.OnnxScoring;

/// <summary>Scores an ONNX model on batches of rows.</summary>
/// <remarks>
/// <para>What <c>ApplyOnnxModel</c> does row by row, this does for many rows in one call of ONNX Runtime, with the same scores.</para>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Task</term><description>any model with tensor inputs and outputs of numbers or booleans; it is not trained</description></item>
/// <item><term>Input columns</term><description>one per model input: a scalar, key or vector of fixed length, sparse or dense, of the input's element type</description></item>
/// <item><term>Output columns</term><description>one per chosen output: a vector; or a number, boolean or key with class values where the output has one element</description></item>
/// <item><term>Normalisation</term><description>none; the columns go into the model as they are</description></item>
/// <item><term>Persistence</term><description>saved by <c>ml.Model.Save</c> as transformers of ML.NET's own; <c>ExportOnnx</c> writes the model</description></item>
/// <item><term>Thread safety</term><description>estimator and transformer are immutable and safe for any number of threads</description></item>
/// </list>
/// <para>A model whose first dimension is fixed, or that scores rows together otherwise than alone, is scored one row at a time; <c>ScoresInBatches</c> says so.</para>
/// </remarks>
public sealed class BatchedOnnxEstimator : IEstimator<OnnxModelTransformer>
{
    private readonly OnnxModelSource _model;
    private readonly OnnxScoringOptions _scoring;
    private readonly OnnxSignature _signature;
    private readonly OnnxColumns _columns;

    /// <summary>Opens the model to see its inputs and outputs.</summary>
    /// <exception cref="OnnxSessionException">ONNX Runtime refuses the model.</exception>
    /// <exception cref="ArgumentException">The options contradict themselves.</exception>
    public BatchedOnnxEstimator(BatchedOnnxOptions options)
        : this(options, signature => ColumnsOf(options, signature))
    {
    }

    internal BatchedOnnxEstimator(BatchedOnnxOptions options, Func<OnnxSignature, OnnxColumns> columns)
    {
        ArgumentNullException.ThrowIfNull(options);
        _model = options.Model;
        _scoring = options.Scoring;
        _signature = OnnxSignature.Read(_model);
        _columns = columns(_signature);
    }

    /// <inheritdoc/>
    public OnnxModelTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Check(_signature, input.Schema);
        return new OnnxModelTransformer(_model, _columns, input.Schema, _scoring);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _columns.Promise(_signature, inputSchema);

    /// <summary>A column's name is the model's name for it; a model with one input (or output) takes any name for that.</summary>
    internal static OnnxColumns Single(OnnxSignature signature, string outputColumnName, string inputColumnName) => new(
        [new OnnxInputColumn(inputColumnName, signature.Inputs is [var input] ? input.Name : inputColumnName)],
        [OnnxOutputColumn.Tensor(outputColumnName, signature.Outputs is [var output] ? output.Name : outputColumnName)]);

    private static OnnxColumns ColumnsOf(BatchedOnnxOptions options, OnnxSignature signature)
    {
        var byName = OnnxColumns.ByName(signature);
        return new OnnxColumns(options.Inputs ?? byName.Inputs, options.Outputs ?? byName.Outputs);
    }
}
