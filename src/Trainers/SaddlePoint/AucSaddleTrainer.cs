// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.Predictions;
using MLNetExtensions.Trainers.SaddlePoint.Auc;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Trains linear classifiers of two classes by the area under the ROC curve: how often a positive row's score is above a negative row's.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Task</term><description>two classes</description></item>
/// <item><term>Input columns</term><description>features: a vector of Single of known length, dense or sparse; label: Boolean; optionally a weight, Single</description></item>
/// <item><term>Output columns</term><description>a score, Single; a probability, Single; a predicted label, Boolean: whether the score is above the threshold</description></item>
/// <item><term>Normalisation</term><description>none is needed to train fast; the penalty is on weights of the features as they are</description></item>
/// <item><term>Persistence</term><description>saved by <c>ml.Model.Save</c> as transformers of ML.NET's own; <c>ExportOnnx</c> writes the model</description></item>
/// <item><term>Thread safety</term><description>estimator and transformer are immutable; one <c>Fit</c> runs on up to <see cref="AucSaddleOptions.Threads"/> threads</description></item>
/// </list>
/// <para>It minimises the mean of <c>(1 - (s₊ - s₋))²</c> over all pairs of a positive and a negative row, times p (1 - p) with the positive share p,
/// plus <c>ρ/2 ‖w‖²</c>, s = x'w. That is a saddle of quadratics in w and three numbers, which needs two passes over the rows for a step
/// and no step size: each step is the closed-form least residual within a subspace. Rows are kept in memory. Scores are then made log-odds by
/// a sigmoid that is fitted (Platt) to the rows that were held out, else to those trained on, which changes neither their order nor the area.
/// Y. Ying, L. Wen, S. Lyu, "Stochastic online AUC maximization", 2016; Y. Choukroun, M. Zibulevsky, P. Kisilev, "Primal-Dual Sequential
/// Subspace Optimization for Saddle-point Problems", arXiv 2008.09149.</para>
/// </remarks>
public sealed class AucSaddleTrainer : IEstimator<AucSaddleTransformer>
{
    private readonly AucSaddleOptions _options;
    private readonly OnnxColumns _columns;

    /// <summary>Takes the options.</summary>
    /// <exception cref="ArgumentException">Columns that are made have the same name.</exception>
    public AucSaddleTrainer(AucSaddleOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _columns = PredictionColumns.Binary(options.FeatureColumnName, options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName);
    }

    /// <summary>Trains on the rows of a view.</summary>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, a value is missing or not finite, or the rows can't be trained on.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public AucSaddleTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Check(ColumnChecks.Of(input.Schema));
        TrainingColumns columns = new(_options.FeatureColumnName, _options.LabelColumnName, LabelKind.Boolean, _options.ExampleWeightColumnName);
        var rows = (TrainingRows)TrainingRowsReader.Read(input, columns, long.MaxValue, _options.CancellationToken);
        var trained = AucSaddleTraining.Run(rows, _options);
        LinearScore function = new(rows.Features, 1, [.. trained.Weights, trained.Bias]);
        return new AucSaddleTransformer(new BinaryPredictor(function, ScoreCalibration.LogOdds, 0, _columns, input.Schema, _options.Scoring), trained.Summary);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(ColumnChecks.Of(inputSchema));
        return _columns.Promise(PredictionGraph.BinarySignature, inputSchema);
    }

    private void Check(ColumnChecks checks)
    {
        checks.Features(_options.FeatureColumnName);
        checks.BinaryLabel(_options.LabelColumnName);
        checks.Weight(_options.ExampleWeightColumnName);
    }
}
