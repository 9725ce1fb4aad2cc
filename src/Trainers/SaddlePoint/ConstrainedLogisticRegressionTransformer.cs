// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A linear classifier of two classes that was trained under constraints.</summary>
/// <remarks>It scores in batches in process, and is saved as transformers of ML.NET's own; see <see cref="OnnxModelTransformer"/>. Saving does not keep the summary.</remarks>
public sealed class ConstrainedLogisticRegressionTransformer : ITransformer, IDisposable
{
    private readonly BinaryPredictor _predictor;

    internal ConstrainedLogisticRegressionTransformer(BinaryPredictor predictor, ConstrainedModel model)
    {
        _predictor = predictor;
        Model = model;
    }

    /// <summary>The model itself: weights, bias, summary, and what <see cref="ConstrainedLogisticRegressionOptions.WarmStart"/> takes.</summary>
    public ConstrainedModel Model { get; }

    /// <summary>The weights, one for each feature.</summary>
    public IReadOnlyList<float> Weights => Model.Weights;

    /// <summary>The bias.</summary>
    public float Bias => Model.Bias;

    /// <summary>How the training went, what became of each constraint, and the multipliers.</summary>
    public ConstrainedSummary Summary => Model.Summary;

    /// <summary>The score above which the predicted label is true.</summary>
    /// <value>0 when fitted; there the rates are what the summary says.</value>
    public float Threshold => _predictor.Threshold;

    /// <summary>The fitted model as an ONNX graph.</summary>
    public OnnxModelSource Source => _predictor.Model.Source;

    /// <summary>Which columns feed the model, which columns it gives.</summary>
    public OnnxColumns Columns => _predictor.Model.Columns;

    /// <inheritdoc/>
    public bool IsRowToRowMapper => _predictor.Model.IsRowToRowMapper;

    /// <summary>The same model with another threshold; scores and probabilities stay as they are. The summary's rates are those at 0, and so are those of ML.NET's evaluator.</summary>
    /// <param name="threshold">The score above which the predicted label is true.</param>
    public ConstrainedLogisticRegressionTransformer WithThreshold(float threshold) => new(_predictor.WithThreshold(threshold), Model);

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
