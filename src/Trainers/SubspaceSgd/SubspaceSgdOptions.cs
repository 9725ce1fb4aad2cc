// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Networks.Schedules;
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>What to train, how, and where the columns are. Every value is checked where it is set.</summary>
public sealed record SubspaceSgdOptions
{
    /// <summary>The column of features: a vector of Single of known length, dense or sparse.</summary>
    /// <value>The default is <c>Features</c>.</value>
    public string FeatureColumnName { get; init => field = Name(value); } = "Features";

    /// <summary>The column of labels: Boolean for two classes, a key for many, a number for regression.</summary>
    /// <value>The default is <c>Label</c>.</value>
    public string LabelColumnName { get; init => field = Name(value); } = "Label";

    /// <summary>The column of row weights; null where all rows weigh the same.</summary>
    /// <value>The default is null.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>The column of scores that is made.</summary>
    /// <value>The default is <c>Score</c>.</value>
    public string ScoreColumnName { get; init => field = Name(value); } = "Score";

    /// <summary>The column of probabilities that a classifier of two classes makes.</summary>
    /// <value>The default is <c>Probability</c>.</value>
    public string ProbabilityColumnName { get; init => field = Name(value); } = "Probability";

    /// <summary>The column of predicted labels that a classifier makes.</summary>
    /// <value>The default is <c>PredictedLabel</c>.</value>
    public string PredictedLabelColumnName { get; init => field = Name(value); } = "PredictedLabel";

    /// <summary>The model: null for a linear one, else a network.</summary>
    /// <value>The default is null.</value>
    public NetworkSpec? Network { get; init; }

    /// <summary>The loss; null for the task's own: logistic, softmax cross-entropy, squared. It is taken of labels and scores in the labels' own unit.</summary>
    /// <value>The default is null.</value>
    public ILoss? Loss { get; init; }

    /// <summary>Whether a regression's model is trained to give scores less the labels' mean, over their standard deviation, so that the learning rate need not know the labels' size. Losses, penalties and what is reported are then divided by the labels' variance; scores are in the labels' own unit.</summary>
    /// <value>The default is true.</value>
    public bool StandardizeLabels { get; init; } = true;

    /// <summary>Logical workers over all ranks, N: each has a shard of the rows and a gradient of its own. The result depends on their number, never on that of threads. Null for one per rank where there are ranks, else 4, and fewer where rows are few.</summary>
    /// <value>The default is null.</value>
    public int? Workers { get; init => field = value is null or > 0 ? value : throw Bad(nameof(Workers), value, "at least 1, or null"); }

    /// <summary>Rows of an optimiser step over all workers and ranks, before accumulation. Null for one 32nd of the rows, but at least 16 and at most 256.</summary>
    /// <value>The default is null.</value>
    public int? BatchSize { get; init => field = value is null or > 0 ? value : throw Bad(nameof(BatchSize), value, "at least 1, or null"); }

    /// <summary>Mini-batches whose gradients each worker averages before one optimiser step.</summary>
    /// <value>The default is 1.</value>
    public int GradientAccumulation { get; init => field = value > 0 ? value : throw Bad(nameof(GradientAccumulation), value, "at least 1"); } = 1;

    /// <summary>Passes over the rows.</summary>
    /// <value>The default is 30.</value>
    public int Epochs { get; init => field = value > 0 ? value : throw Bad(nameof(Epochs), value, "at least 1"); } = 30;

    /// <summary>How the workers' gradients become one.</summary>
    /// <value>The default is adaptive consensus with the scale of the mean gradient.</value>
    public IGradientAggregator Aggregator { get; init => field = NotNull(value); } = new AdaptiveConsensus();

    /// <summary>Whether all parameters or each tensor of them share the aggregation's coefficients.</summary>
    /// <value>The default is the whole model.</value>
    public AggregationGranularity Granularity { get; init => field = Enum.IsDefined(value) ? value : throw Bad(nameof(Granularity), value, "one of those that there are"); }

    /// <summary>How the aggregated gradient becomes a step.</summary>
    /// <value>The default is Adam.</value>
    public IOptimizer Optimizer { get; init => field = NotNull(value); } = new Adam();

    /// <summary>The learning rate, on which the schedule is a factor; null for what suits Adam: 0.03 for a linear model, 0.002 for a network.</summary>
    /// <value>The default is null.</value>
    public float? LearningRate { get; init => field = value is null || (value > 0 && float.IsFinite(value.Value)) ? value : throw Bad(nameof(LearningRate), value, "positive, or null"); }

    /// <summary>How the learning rate changes over the training.</summary>
    /// <value>The default is linear decay to zero.</value>
    public ILearningRateSchedule Schedule { get; init => field = NotNull(value); } = new LinearDecay();

    /// <summary>The largest norm of the aggregated gradient; longer ones are shortened to it. Null for no limit.</summary>
    /// <value>The default is null.</value>
    public float? MaximumGradientNorm { get; init => field = value is null || (value > 0 && float.IsFinite(value.Value)) ? value : throw Bad(nameof(MaximumGradientNorm), value, "positive, or null"); }

    /// <summary>The factor on the sum of absolute weights in the mean loss; weights become exactly zero (proximal steps). Biases are not penalised. For regression see <see cref="StandardizeLabels"/>.</summary>
    /// <value>The default is 0.</value>
    public float L1Regularization { get; init => field = value >= 0 && float.IsFinite(value) ? value : throw Bad(nameof(L1Regularization), value, "at least 0"); }

    /// <summary>The factor on half the sum of squared weights in the mean loss; null for 1e-4, or 0 where the optimiser lets weights decay by itself. Biases are not penalised. For regression see <see cref="StandardizeLabels"/>.</summary>
    /// <value>The default is null.</value>
    public float? L2Regularization { get; init => field = value is null || (value >= 0 && float.IsFinite(value.Value)) ? value : throw Bad(nameof(L2Regularization), value, "at least 0, or null"); }

    /// <summary>The weight of each class, by which its rows' weights are multiplied; null where all are 1. Two classes: negative, positive. Not for regression.</summary>
    /// <value>The default is null.</value>
    public IReadOnlyList<float>? ClassWeights { get; init => field = value is null || (value.Count >= 2 && value.All(weight => weight >= 0 && float.IsFinite(weight)) && value.Any(weight => weight > 0)) ? value?.ToArray() : throw new ArgumentException("Class weights must be finite, not negative, not all zero, and as many as there are classes.", nameof(value)); }

    /// <summary>The part of the rows, in [0, 1), that is held out to measure the loss on; drawn by seed and row number.</summary>
    /// <value>The default is 0.</value>
    public double ValidationFraction { get; init => field = value is >= 0 and < 1 ? value : throw Bad(nameof(ValidationFraction), value, "at least 0 and less than 1"); }

    /// <summary>When to end early; null for never. It needs validation rows.</summary>
    /// <value>The default is null.</value>
    public EarlyStopping? EarlyStopping { get; init; }

    /// <summary>Whether the model gets the weights of the epoch with the least validation loss instead of the last, where there are validation rows.</summary>
    /// <value>The default is true.</value>
    public bool RestoreBest { get; init; } = true;

    /// <summary>The most threads in this process; 0 for as many as there are processors. They never change the result.</summary>
    /// <value>The default is 0.</value>
    public int Threads { get; init => field = value >= 0 ? value : throw Bad(nameof(Threads), value, "at least 0"); }

    /// <summary>What every random choice comes from.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>The most bytes of rows that are kept in memory; beyond it rows are streamed at each epoch through a window of this size that shuffles them.</summary>
    /// <value>The default is 2 GiB.</value>
    public long MaxCacheBytes { get; init => field = value > 0 ? value : throw Bad(nameof(MaxCacheBytes), value, "at least 1"); } = 2L << 30;

    /// <summary>The ranks that train together; null for this process alone.</summary>
    /// <value>The default is null.</value>
    public ICollective? Collective { get; init; }

    /// <summary>The most bytes that exchanging every gradient with every rank may take in one step, for aggregators that need curvature.</summary>
    /// <value>The default is 64 MiB.</value>
    public long MaxCurvatureExchangeBytes { get; init => field = value > 0 ? value : throw Bad(nameof(MaxCurvatureExchangeBytes), value, "at least 1"); } = 64L << 20;

    /// <summary>A file that the training writes its state to, and goes on from if it is there, to the same bits; it is deleted when the training is complete. Each rank adds its number to the name. Null for none.</summary>
    /// <value>The default is null.</value>
    public string? CheckpointPath { get; init; }

    /// <summary>Epochs between two checkpoints.</summary>
    /// <value>The default is 1.</value>
    public int CheckpointEpochs { get; init => field = value > 0 ? value : throw Bad(nameof(CheckpointEpochs), value, "at least 1"); } = 1;

    /// <summary>How the fitted model scores in process.</summary>
    public OnnxScoringOptions Scoring { get; init => field = NotNull(value); } = new();

    /// <summary>Told at the end of each epoch, and in between where an epoch takes more than a second; it is called on the training thread.</summary>
    /// <value>The default is null.</value>
    public IProgress<TrainingProgress>? Progress { get; init; }

    /// <summary>Ends the training with <see cref="OperationCanceledException"/>; the last checkpoint stays.</summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>The factor that is used.</summary>
    internal float EffectiveL2 => L2Regularization ?? (Optimizer.WeightDecay > 0 ? 0 : 1e-4f);

    /// <summary>Whether workers are handed to threads however small their work is: for tests.</summary>
    internal bool AlwaysThreads { get; init; }

    /// <summary>Checks what depends on more than one option.</summary>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    internal void Validate()
    {
        if (Workers is { } workers && Collective is { } ranks && workers % ranks.Size != 0)
        {
            throw new ArgumentException($"There are {workers} workers on {ranks.Size} ranks. Make {nameof(Workers)} a multiple of the ranks, or null for one on each.");
        }
    }

    private static string Name(string value) => string.IsNullOrEmpty(value) ? throw new ArgumentException("A column needs a name.", nameof(value)) : value;

    private static T NotNull<T>(T value)
        where T : class => value ?? throw new ArgumentNullException(nameof(value));

    private static ArgumentOutOfRangeException Bad(string option, object? value, string need) => new(option, value, $"{option} must be {need}.");
}
