// SPDX-License-Identifier: MIT
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>How to train a classifier by the area under the ROC curve, and where the columns are. Every value is checked where it is set.</summary>
public sealed record AucSaddleOptions
{
    /// <summary>The column of features: a vector of Single of known length, dense or sparse.</summary>
    /// <value>The default is <c>Features</c>.</value>
    public string FeatureColumnName { get; init => field = Name(value); } = "Features";

    /// <summary>The column of labels, Boolean.</summary>
    /// <value>The default is <c>Label</c>.</value>
    public string LabelColumnName { get; init => field = Name(value); } = "Label";

    /// <summary>The column of row weights; null where all rows weigh the same. A pair of rows weighs the product of both.</summary>
    /// <value>The default is null.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>The column of scores that is made.</summary>
    /// <value>The default is <c>Score</c>.</value>
    public string ScoreColumnName { get; init => field = Name(value); } = "Score";

    /// <summary>The column of probabilities that is made.</summary>
    /// <value>The default is <c>Probability</c>.</value>
    public string ProbabilityColumnName { get; init => field = Name(value); } = "Probability";

    /// <summary>The column of predicted labels that is made.</summary>
    /// <value>The default is <c>PredictedLabel</c>.</value>
    public string PredictedLabelColumnName { get; init => field = Name(value); } = "PredictedLabel";

    /// <summary>ρ, the factor on half the sum of squared weights that is added to p (1 - p) times the mean squared loss of pairs, p the positive share.</summary>
    /// <value>The default is 1e-4.</value>
    public double L2Regularization { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw Bad(nameof(L2Regularization), value, "finite and at least 0"); } = 1e-4;

    /// <summary>The residual, over that at the start, at which the training ends.</summary>
    /// <value>The default is 1e-8.</value>
    public double Tolerance { get; init => field = value > 0 && double.IsFinite(value) ? value : throw Bad(nameof(Tolerance), value, "finite and above 0"); } = 1e-8;

    /// <summary>The passes over the rows after which the training ends in any case.</summary>
    /// <value>The default is 2 000.</value>
    public int MaxPasses { get; init => field = value > 0 ? value : throw Bad(nameof(MaxPasses), value, "at least 1"); } = 2_000;

    /// <summary>How many earlier steps the subspace of each step holds. They take no passes.</summary>
    /// <value>The default is 5.</value>
    public int Memory { get; init => field = value is > 0 and <= 100 ? value : throw Bad(nameof(Memory), value, "at least 1 and at most 100"); } = 5;

    /// <summary>The part of the rows, in [0, 1), that is held out to measure the area and to fit the probabilities on; drawn by seed and row number.</summary>
    /// <value>The default is 0: both are done on the rows that are trained on.</value>
    public double ValidationFraction { get; init => field = value is >= 0 and < 1 ? value : throw Bad(nameof(ValidationFraction), value, "at least 0 and less than 1"); }

    /// <summary>The most threads; 0 for as many as there are processors. They never change the result.</summary>
    /// <value>The default is 0.</value>
    public int Threads { get; init => field = value >= 0 ? value : throw Bad(nameof(Threads), value, "at least 0"); }

    /// <summary>What the rows that are held out are drawn by; nothing else is random.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>How the fitted model scores in process.</summary>
    public OnnxScoringOptions Scoring { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Told after each step; it is called on the training thread. A bundle is two passes over the rows.</summary>
    /// <value>The default is null.</value>
    public IProgress<SaddleProgress>? Progress { get; init; }

    /// <summary>Ends the training with <see cref="OperationCanceledException"/>.</summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    private static string Name(string value) => string.IsNullOrEmpty(value) ? throw new ArgumentException("A column needs a name.", nameof(value)) : value;

    private static ArgumentOutOfRangeException Bad(string option, object value, string need) => new(option, value, $"{option} must be {need}.");
}
