// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.Predictions;
using MLNetExtensions.Trainers.SaddlePoint.Rates;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Trains linear classifiers of two classes that keep to constraints: on recall, false-positive rate, precision, and on how groups fare.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Task</term><description>two classes</description></item>
/// <item><term>Input columns</term><description>features: a vector of Single of known length, dense or sparse; label: Boolean; optionally a weight, Single, and a group: a key, text or Boolean</description></item>
/// <item><term>Output columns</term><description>a score, Single; a probability, Single; a predicted label, Boolean: whether the score is above the threshold</description></item>
/// <item><term>Normalisation</term><description>none; put <c>NormalizeMeanVariance</c> or <c>NormalizeMinMax</c> before it: the penalty treats all features alike</description></item>
/// <item><term>Persistence</term><description>saved by <c>ml.Model.Save</c> as transformers of ML.NET's own; <c>ExportOnnx</c> writes the model</description></item>
/// <item><term>Memory</term><description>all rows are kept in memory, in single precision</description></item>
/// <item><term>Thread safety</term><description>estimator and transformer are immutable; one <c>Fit</c> runs on up to <see cref="ConstrainedLogisticRegressionOptions.Threads"/> threads</description></item>
/// </list>
/// <para>It minimises a mean logistic loss and <c>L2 / 2 ‖w‖²</c> subject to levels of smooth surrogates, as an augmented Lagrangian restricted in each
/// iteration to a subspace of the gradients of objective and constraints and of earlier steps (two passes over the rows), and moves the levels until the rates,
/// measured on the training rows at score 0, are what was asked. The result is one deterministic linear model with a Lagrange multiplier for each surrogate.
/// Where no model is found that keeps to all constraints, <c>Fit</c> throws <see cref="ConstraintsNotMetException"/>, unless the options allow it.</para>
/// <para>The constraint decides where score 0 lies, so scores are no log-odds: the probability comes from a sigmoid that is fitted to the scores (Platt), of rows held out where there are
/// any of both classes, and it is not 0.5 at score 0. The predicted label follows the score.
/// Y. Choukroun, M. Zibulevsky, P. Kisilev, "Primal-Dual Sequential Subspace Optimization for Saddle-point Problems", arXiv 2008.09149.</para>
/// </remarks>
/// <example>
/// At least 95 % of the positives are found, with as few false alarms as a linear model allows:
/// <code>
/// var trainer = ml.BinaryClassification.Trainers.ConstrainedLogisticRegression(new() { Constraints = [Constraint.MinRecall(0.95)] });
/// var model = trainer.Fit(rows);
/// var recall = model.Summary.Constraints[0];   // recall.Achieved, recall.HeldOut, recall.Surrogates[0].Multiplier
/// </code>
/// </example>
public sealed class ConstrainedLogisticRegressionTrainer : IEstimator<ConstrainedLogisticRegressionTransformer>
{
    private readonly ConstrainedLogisticRegressionOptions _options;
    private readonly OnnxColumns _columns;

    /// <summary>Takes the options.</summary>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public ConstrainedLogisticRegressionTrainer(ConstrainedLogisticRegressionOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        if (options.NeedsGroups && options.GroupColumnName is null)
        {
            string what = options.Constraints.FirstOrDefault(constraint => constraint.NeedsGroups)?.ToString() ?? $"the objective {options.Objective}";
            throw new ArgumentException($"'{what}' needs groups. Set {nameof(options.GroupColumnName)}.", nameof(options));
        }
        _options = options;
        _columns = PredictionColumns.Binary(options.FeatureColumnName, options.ScoreColumnName, options.ProbabilityColumnName, options.PredictedLabelColumnName);
    }

    /// <summary>Trains on the rows of a view.</summary>
    /// <inheritdoc cref="Fit(IDataView, IDataView?)"/>
    public ConstrainedLogisticRegressionTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains on the rows of one view, and measures the rates on those of another beside.</summary>
    /// <param name="trainData">The rows to train on, which must keep to the constraints.</param>
    /// <param name="heldOutData">The rows to measure on as well, and to fit probabilities to; null for the part of the training rows that the options hold out.</param>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, a value is missing or not finite, or the rows can't be trained on as the options say.</exception>
    /// <exception cref="ConstraintsNotMetException">No model was found that keeps to all constraints, and the options don't allow that.</exception>
    /// <exception cref="InvalidOperationException">Groups are to be read, and the view gives other rows, or in another order, each time.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public ConstrainedLogisticRegressionTransformer Fit(IDataView trainData, IDataView? heldOutData)
    {
        Check(trainData ?? throw new ArgumentNullException(nameof(trainData)));
        if (heldOutData is not null)
        {
            Check(heldOutData);
        }
        var rows = Rows(trainData);
        var groups = Groups(trainData, rows);
        var heldOut = heldOutData is null ? null : Rows(heldOutData);
        var heldOutGroups = heldOutData is null ? null : Groups(heldOutData, heldOut!);
        var model = ConstrainedLogisticTraining.Run(rows, groups, _options, heldOut, heldOutGroups);
        LinearScore function = new(model.Weights.Count, 1, [.. model.Weights, model.Bias]);
        return new ConstrainedLogisticRegressionTransformer(new BinaryPredictor(function, model.Calibration, 0, _columns, trainData.Schema, _options.Scoring), model);
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(ColumnChecks.Of(inputSchema));
        GroupColumn.Check(inputSchema, _options.GroupColumnName);
        return _columns.Promise(PredictionGraph.BinarySignature, inputSchema);
    }

    private TrainingRows Rows(IDataView view) => (TrainingRows)TrainingRowsReader.Read(
        view, new TrainingColumns(_options.FeatureColumnName, _options.LabelColumnName, LabelKind.Boolean, _options.ExampleWeightColumnName), long.MaxValue, _options.CancellationToken);

    private RowGroups? Groups(IDataView view, TrainingRows rows) =>
        _options.GroupColumnName is { } name ? GroupColumn.Read(view, name, _options.LabelColumnName, rows.Labels.ToArray(), _options.CancellationToken) : null;

    private void Check(IDataView view)
    {
        Check(ColumnChecks.Of(view.Schema));
        GroupColumn.Check(view.Schema, _options.GroupColumnName);
    }

    private void Check(ColumnChecks checks)
    {
        checks.Features(_options.FeatureColumnName);
        checks.BinaryLabel(_options.LabelColumnName);
        checks.Weight(_options.ExampleWeightColumnName);
    }
}
