// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>Trains regression models by synchronous data-parallel stochastic gradient descent.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Task</term><description>regression</description></item>
/// <item><term>Input columns</term><description>features: a vector of Single of known length, dense or sparse; label: Single; optionally a weight, Single</description></item>
/// <item><term>Output columns</term><description>a score, Single: the predicted number</description></item>
/// <item><term>Normalisation</term><description>none; put <c>NormalizeMeanVariance</c> or <c>NormalizeMinMax</c> before it where features differ in scale</description></item>
/// <item><term>Persistence</term><description>saved by <c>ml.Model.Save</c> as transformers of ML.NET's own; <c>ExportOnnx</c> writes the model</description></item>
/// <item><term>Thread safety</term><description>estimator and transformer are immutable; one <c>Fit</c> runs on up to <see cref="SubspaceSgdOptions.Threads"/> threads</description></item>
/// </list>
/// <para>The loss is half the squared error unless the options name another. In each step N workers compute the mean gradients g_i of their own mini-batches; the aggregator chooses coefficients c from the
/// inner products of the g_i, and the optimiser takes a step along <c>sum_i c_i g_i</c>. The result depends on the seed and N, never on the number of threads.
/// Y. Choukroun, S. Azoulay, P. Kisilev, "Adaptive Consensus Gradients Aggregation for Scaled Distributed Training", arXiv 2411.03742.</para>
/// </remarks>
public sealed class SubspaceSgdRegressionTrainer : IEstimator<SubspaceSgdRegressionTransformer>
{
    private readonly SubspaceSgdOptions _options;
    private readonly OnnxColumns _columns;

    /// <summary>Takes the options.</summary>
    /// <exception cref="ArgumentException">Options contradict each other or do not suit regression.</exception>
    public SubspaceSgdRegressionTrainer(SubspaceSgdOptions options)
    {
        _options = TrainerOptions.ForNumbers(options);
        TrainerOptions.RequireOneScore(options.Loss, "a regression", nameof(Squared));
        _columns = PredictionColumns.Regression(options.FeatureColumnName, options.ScoreColumnName);
    }

    /// <summary>Trains on the rows of a view.</summary>
    /// <inheritdoc cref="Fit(IDataView, IDataView?)"/>
    public SubspaceSgdRegressionTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains on the rows of one view and measures the loss on those of another. Where ranks train together, each gives its own shards, and all get the same model.</summary>
    /// <param name="trainData">The rows to train on.</param>
    /// <param name="validationData">The rows to measure the loss on, for early stopping and the best weights; null for the part of the training rows that the options hold out.</param>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, a value is missing or not finite, or the rows can't be trained on as the options say.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public SubspaceSgdRegressionTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        Ranks.Guard(_options.Collective, () => Check(trainData, validationData));
        var (function, summary) = TrainerFit.Run(TrainingTask.Regression, trainData, validationData, 1, _options);
        return Ranks.Guard(_options.Collective, () =>
        {
            var model = new OnnxModelTransformer(PredictionGraph.Scores(function), _columns, trainData.Schema, _options.Scoring);
            return new SubspaceSgdRegressionTransformer(model, function, summary);
        });
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(ColumnChecks.Of(inputSchema));
        return _columns.Promise(PredictionGraph.RegressionSignature, inputSchema);
    }

    private void Check(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        Check(ColumnChecks.Of(trainData.Schema));
        if (validationData is not null)
        {
            Check(ColumnChecks.Of(validationData.Schema));
        }
    }

    private void Check(ColumnChecks checks)
    {
        checks.Features(_options.FeatureColumnName);
        checks.NumberLabel(_options.LabelColumnName);
        checks.Weight(_options.ExampleWeightColumnName);
    }
}
