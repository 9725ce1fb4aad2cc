// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Quantization;

/// <summary>Quantizes an ONNX model to 4 bits when it is fitted, and scores with the result.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Task</term><description>any ONNX model; no data is needed, that of <c>Fit</c> only gives the schema</description></item>
/// <item><term>Input columns</term><description>one per model input: a scalar, key or vector of fixed length, of the input's element type</description></item>
/// <item><term>Output columns</term><description>one per chosen output: a vector; or a number, boolean or key with class values where the output has one element</description></item>
/// <item><term>Normalisation</term><description>none; the columns go into the model as they are</description></item>
/// <item><term>Persistence</term><description>saved by <c>ml.Model.Save</c> as transformers of ML.NET's own; <c>ExportOnnx</c> writes the quantized model</description></item>
/// <item><term>Thread safety</term><description>estimator and transformer are immutable and safe for any number of threads</description></item>
/// </list>
/// <para>Each group of weights w gets the scale s (and zero point or offset) that minimises the sum of (w - s q)^2 over s and the 16-valued codes q
/// together: the global optimum, found by a sweep over the scales at which a code changes. Y. Choukroun, E. Kravchik, F. Yang, P. Kisilev,
/// "Low-bit Quantization of Neural Networks for Efficient Inference", arXiv 1902.06822.</para>
/// </remarks>
public sealed class QuantizeOnnxModelEstimator : IEstimator<QuantizedOnnxTransformer>
{
    private readonly QuantizeOnnxModelOptions _options;
    private readonly OnnxSignature _signature;
    private readonly OnnxColumns _columns;

    /// <summary>Opens the model to see its inputs and outputs.</summary>
    /// <exception cref="OnnxSessionException">ONNX Runtime refuses the model.</exception>
    /// <exception cref="ArgumentException">The options name inputs or outputs that the model does not have.</exception>
    public QuantizeOnnxModelEstimator(QuantizeOnnxModelOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _signature = OnnxSignature.Read(options.Model);
        var byName = OnnxColumns.ByName(_signature);
        _columns = new OnnxColumns(options.Inputs ?? byName.Inputs, options.Outputs ?? byName.Outputs);
    }

    /// <summary>Quantizes the model.</summary>
    /// <exception cref="ArgumentException">The data's columns do not fit the model.</exception>
    /// <exception cref="OnnxQuantizationException">A tensor holds NaN or infinity.</exception>
    public QuantizedOnnxTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        _columns.Check(_signature, input.Schema);
        using var model = _options.Model.Load();
        var report = OnnxQuantizer.Quantize(model, _options.Quantization);
        var quantized = OnnxModelSource.FromBytes(model.ToBytes(), _options.Model.Name + ", quantized");
        return new QuantizedOnnxTransformer(new OnnxModelTransformer(quantized, _columns, input.Schema, _options.Scoring), report);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema) => _columns.Promise(_signature, inputSchema);
}
