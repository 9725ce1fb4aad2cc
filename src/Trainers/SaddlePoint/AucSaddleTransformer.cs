// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A linear classifier of two classes that was trained by the area under the ROC curve.</summary>
/// <remarks>It scores in batches in process, and is saved as transformers of ML.NET's own; see <see cref="OnnxModelTransformer"/>. Saving does not keep the summary.</remarks>
public sealed class AucSaddleTransformer : ITransformer, IDisposable
{
    private readonly BinaryPredictor _predictor;

    internal AucSaddleTransformer(BinaryPredictor predictor, AucSaddleSummary summary)
    {
        _predictor = predictor;
        Summary = summary;
        Weights = predictor.Linear!.WeightsOf(0);
        Bias = predictor.Linear.BiasOf(0);
    }

    /// <summary>The weights, one for each feature.</summary>
    public IReadOnlyList<float> Weights { get; }

    /// <summary>The bias.</summary>
    public float Bias { get; }

    /// <summary>The score above which the predicted label is true.</summary>
    /// <value>0 when fitted: a probability of a half.</value>
    public float Threshold => _predictor.Threshold;

    /// <summary>How the training went.</summary>
    public AucSaddleSummary Summary { get; }

    /// <summary>The fitted model.</summary>
    public OnnxModelSource Source => _predictor.Model.Source;

    /// <summary>Which columns feed the model, which columns it gives.</summary>
    public OnnxColumns Columns => _predictor.Model.Columns;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => _predictor.Model.IsRowToRowMapper;

    /// <summary>The same model with another threshold; scores and probabilities stay as they are. ML.NET's evaluator computes accuracy, precision and recall from scores above 0, whatever the threshold.</summary>
    /// <param name="threshold">The score above which the predicted label is true; as a probability p it is <c>log(p / (1 - p))</c>.</param>
    public AucSaddleTransformer WithThreshold(float threshold) => new(_predictor.WithThreshold(threshold), Summary);

    /// <inheritdoc/>
    public DataViewSchema GetOutputSchema(DataViewSchema inputSchema) => _predictor.Model.GetOutputSchema(inputSchema);

    /// <inheritdoc/>
    public IRowToRowMapper GetRowToRowMapper(DataViewSchema inputSchema) => _predictor.Model.GetRowToRowMapper(inputSchema);

    /// <inheritdoc/>
    public IDataView Transform(IDataView input) => _predictor.Model.Transform(input);

    /// <summary>Writes the model as an ONNX file; its input is <c>features</c>, its outputs are <c>score</c>, <c>probability</c> and <c>predicted_label</c>.</summary>
    public void ExportOnnx(string path, OnnxExportOptions? options = null) => _predictor.Model.ExportOnnx(path, options);

    void ICanSaveModel.Save(ModelSaveContext ctx) => ((ICanSaveModel)_predictor.Model).Save(ctx);

    /// <summary>Frees the native session. Whoever still scores with this transformer opens it again.</summary>
    public void Dispose() => _predictor.Model.Dispose();
}
