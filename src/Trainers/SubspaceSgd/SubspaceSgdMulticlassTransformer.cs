// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>A classifier of many classes that subspace SGD has trained.</summary>
/// <remarks>It scores in batches in process, and is saved as transformers of ML.NET's own; see <see cref="OnnxModelTransformer"/>. Saving does not keep the summary.</remarks>
public sealed class SubspaceSgdMulticlassTransformer : ITransformer, IDisposable
{
    private readonly OnnxModelTransformer _model;

    internal SubspaceSgdMulticlassTransformer(OnnxModelTransformer model, IScoreFunction function, ClassValues classes, TrainingSummary summary)
    {
        _model = model;
        Classes = classes;
        Summary = summary;
        if (function is LinearScore linear)
        {
            Weights = Array.AsReadOnly([.. Enumerable.Range(0, linear.Outputs).Select(linear.WeightsOf)]);
            Biases = Array.AsReadOnly([.. Enumerable.Range(0, linear.Outputs).Select(linear.BiasOf)]);
        }
    }

    /// <summary>The classes, in the order of the scores.</summary>
    public ClassValues Classes { get; }

    /// <summary>The weights of a linear model: for each class one for each feature; null for a network.</summary>
    public IReadOnlyList<IReadOnlyList<float>>? Weights { get; }

    /// <summary>The biases of a linear model, one for each class; null for a network.</summary>
    public IReadOnlyList<float>? Biases { get; }

    /// <summary>How the training went.</summary>
    public TrainingSummary Summary { get; }

    /// <summary>The fitted model.</summary>
    public OnnxModelSource Source => _model.Source;

    /// <summary>Which columns feed the model, which columns it gives.</summary>
    public OnnxColumns Columns => _model.Columns;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => _model.IsRowToRowMapper;

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _model.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _model.GetRowToRowMapper(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _model.Transform(input);

    /// <summary>Writes the model as an ONNX file; its input is <c>features</c>, its outputs are <c>score</c> and the class index <c>predicted_label</c>, from 0.</summary>
    public void ExportOnnx(string path, OnnxExportOptions? options = null) => _model.ExportOnnx(path, options);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_model).Save(ctx);

    /// <summary>Frees the native session. Whoever still scores with this transformer opens it again.</summary>
    public void Dispose() => _model.Dispose();
}
