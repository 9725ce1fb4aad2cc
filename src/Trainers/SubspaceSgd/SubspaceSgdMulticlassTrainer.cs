// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.Predictions;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>Trains classifiers of many classes by synchronous data-parallel stochastic gradient descent.</summary>
/// <remarks>
/// <list type="table">
/// <listheader><term>Characteristic</term><description>Value</description></listheader>
/// <item><term>Task</term><description>many classes</description></item>
/// <item><term>Input columns</term><description>features: a vector of Single of known length, dense or sparse; label: a key (UInt32) with a known number of classes; optionally a weight, Single</description></item>
/// <item><term>Output columns</term><description>a score for each class, a vector of Single with slot names; a predicted label, a key with the label's values</description></item>
/// <item><term>Normalisation</term><description>none; put <c>NormalizeMeanVariance</c> or <c>NormalizeMinMax</c> before it where features differ in scale</description></item>
/// <item><term>Persistence</term><description>saved by <c>ml.Model.Save</c> as transformers of ML.NET's own; <c>ExportOnnx</c> writes the model</description></item>
/// <item><term>Thread safety</term><description>estimator and transformer are immutable; one <c>Fit</c> runs on up to <see cref="SubspaceSgdOptions.Threads"/> threads</description></item>
/// </list>
/// <para>The loss is the softmax cross-entropy, whose scores are probabilities, unless the options name another. In each step N workers compute the mean gradients g_i of their own mini-batches; the aggregator chooses coefficients c from the
/// inner products of the g_i, and the optimiser takes a step along <c>sum_i c_i g_i</c>. The result depends on the seed and N, never on the number of threads.
/// Y. Choukroun, S. Azoulay, P. Kisilev, "Adaptive Consensus Gradients Aggregation for Scaled Distributed Training", arXiv 2411.03742.</para>
/// </remarks>
public sealed class SubspaceSgdMulticlassTrainer : IEstimator<SubspaceSgdMulticlassTransformer>
{
    private readonly SubspaceSgdOptions _options;

    /// <summary>Takes the options.</summary>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    public SubspaceSgdMulticlassTrainer(SubspaceSgdOptions options)
    {
        _options = TrainerOptions.ForClasses(options);
        // Names that clash are refused here, as for other tasks.
        _ = Columns(ClassValues.Of("known when fitted"));
    }

    /// <summary>Trains on the rows of a view.</summary>
    /// <inheritdoc cref="Fit(IDataView, IDataView?)"/>
    public SubspaceSgdMulticlassTransformer Fit(IDataView input) => Fit(input, null);

    /// <summary>Trains on the rows of one view and measures the loss on those of another. Where ranks train together, each gives its own shards, and all get the same model.</summary>
    /// <param name="trainData">The rows to train on.</param>
    /// <param name="validationData">The rows to measure the loss on, for early stopping and the best weights; null for the part of the training rows that the options hold out.</param>
    /// <exception cref="ArgumentException">A column is missing or of a wrong type, a value is missing or not finite, or the rows can't be trained on as the options say.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public SubspaceSgdMulticlassTransformer Fit(IDataView trainData, IDataView? validationData)
    {
        var classes = Ranks.Guard(_options.Collective, () => Check(trainData, validationData));
        var (function, summary) = TrainerFit.Run(TrainingTask.MulticlassClassification, trainData, validationData, classes.Count, _options);
        return Ranks.Guard(_options.Collective, () =>
        {
            var model = new OnnxModelTransformer(PredictionGraph.Multiclass(function, Link), Columns(classes), trainData.Schema, _options.Scoring);
            return new SubspaceSgdMulticlassTransformer(model, function, classes, summary);
        });
    }

    /// <inheritdoc/>
    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        Check(ColumnChecks.Of(inputSchema));
        var label = SchemaShapes.Find(inputSchema, _options.LabelColumnName)!.Value;
        return Columns(ClassValues.PromisedBy(label)).Promise(PredictionGraph.MulticlassSignature, inputSchema);
    }

    private ClassLink Link => _options.Loss switch
    {
        null or SoftmaxCrossEntropy => ClassLink.Softmax,
        Logistic => ClassLink.OneVersusRest,
        _ => ClassLink.None,
    };

    private OnnxColumns Columns(ClassValues classes) =>
        PredictionColumns.Multiclass(_options.FeatureColumnName, _options.ScoreColumnName, _options.PredictedLabelColumnName, classes);

    private ClassValues Check(IDataView trainData, IDataView? validationData)
    {
        ArgumentNullException.ThrowIfNull(trainData);
        Check(ColumnChecks.Of(trainData.Schema));
        var classes = ClassValues.FromKeyColumn(trainData.Schema[_options.LabelColumnName]);
        TrainerOptions.ForClasses(_options, classes.Count);
        Ranks.RequireSameClasses(_options.Collective, classes);
        if (validationData is not null)
        {
            Check(ColumnChecks.Of(validationData.Schema));
            RequireSame(classes, ClassValues.FromKeyColumn(validationData.Schema[_options.LabelColumnName]));
        }
        return classes;
    }

    private void Check(ColumnChecks checks)
    {
        checks.Features(_options.FeatureColumnName);
        checks.ClassLabel(_options.LabelColumnName);
        checks.Weight(_options.ExampleWeightColumnName);
    }

    private void RequireSame(ClassValues training, ClassValues validation)
    {
        if (!training.Names.SequenceEqual(validation.Names))
        {
            throw new ArgumentException($"The keys of column '{_options.LabelColumnName}' stand for {validation.Count} classes in the validation data and {training.Count} in the training data, or for others. Map the values of both with the same fitted transformer.");
        }
    }
}
