// SPDX-License-Identifier: MIT
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Which constraints a classifier must meet, how it is trained, and where the columns are. Every value is checked where it is set.</summary>
public sealed record ConstrainedLogisticRegressionOptions
{
    /// <summary>The most constraints, each counted as often as it has surrogates.</summary>
    internal const int MostSurrogates = 50;

    /// <summary>The column of features: a vector of Single of known length, dense or sparse.</summary>
    /// <value>The default is <c>Features</c>.</value>
    public string FeatureColumnName { get; init => field = Name(value); } = "Features";

    /// <summary>The column of labels, Boolean.</summary>
    /// <value>The default is <c>Label</c>.</value>
    public string LabelColumnName { get; init => field = Name(value); } = "Label";

    /// <summary>The column of row weights; null where all rows weigh the same. Losses and rates count rows by them.</summary>
    /// <value>The default is null.</value>
    public string? ExampleWeightColumnName { get; init; }

    /// <summary>The column of groups: a key, text or Boolean. A group's name is the key's value, the text, or <c>True</c> and <c>False</c>. Null where no constraint speaks of groups.</summary>
    /// <value>The default is null.</value>
    public string? GroupColumnName { get; init; }

    /// <summary>The column of scores that is made.</summary>
    /// <value>The default is <c>Score</c>.</value>
    public string ScoreColumnName { get; init => field = Name(value); } = "Score";

    /// <summary>The column of probabilities that is made.</summary>
    /// <value>The default is <c>Probability</c>.</value>
    public string ProbabilityColumnName { get; init => field = Name(value); } = "Probability";

    /// <summary>The column of predicted labels that is made.</summary>
    /// <value>The default is <c>PredictedLabel</c>.</value>
    public string PredictedLabelColumnName { get; init => field = Name(value); } = "PredictedLabel";

    /// <summary>What the classifier must keep to; all of it together. Those between groups count once or twice for each group; at most 50 in all.</summary>
    /// <value>The default is none.</value>
    public IReadOnlyList<Constraint> Constraints
    {
        get;
        init => field = value is not null && value.All(constraint => constraint is not null)
            ? Array.AsReadOnly([.. value])
            : throw new ArgumentException("The constraints must be there; an empty list means none.", nameof(value));
    } = [];

    /// <summary>What is minimised as far as the constraints allow.</summary>
    /// <value>The default follows the constraints.</value>
    public ConstrainedObjective Objective { get; init => field = Enum.IsDefined(value) ? value : throw Bad(nameof(Objective), value, "one of those that there are"); }

    /// <summary>The factor on half the sum of squared weights in the objective, whose loss is a mean. The bias is not penalised.</summary>
    /// <value>The default is 0.001.</value>
    public double L2Regularization { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw Bad(nameof(L2Regularization), value, "at least 0"); } = 1e-3;

    /// <summary>How far a rate may be on the good side of what was asked before the search for levels goes on: nothing is given away beyond it.</summary>
    /// <value>The default is 0.002.</value>
    public double RateTolerance { get; init => field = value is > 0 and < 1 ? value : throw Bad(nameof(RateTolerance), value, "more than 0 and less than 1"); } = 0.002;

    /// <summary>The relative residual of the Karush-Kuhn-Tucker conditions at which a solve has converged.</summary>
    /// <value>The default is 1e-6.</value>
    public double Tolerance { get; init => field = value is > 0 and < 1 ? value : throw Bad(nameof(Tolerance), value, "more than 0 and less than 1"); } = 1e-6;

    /// <summary>The passes over the training rows after which no further step is begun, over all solves.</summary>
    /// <value>The default is 2000.</value>
    public int MaxPasses { get; init => field = value > 0 ? value : throw Bad(nameof(MaxPasses), value, "at least 1"); } = 2000;

    /// <summary>Earlier steps whose directions are kept.</summary>
    /// <value>The default is 5.</value>
    public int Memory { get; init => field = value is >= 1 and <= 20 ? value : throw Bad(nameof(Memory), value, "from 1 to 20"); } = 5;

    /// <summary>Whether a model that does not keep to all constraints is returned, its summary saying so, instead of being refused by a <see cref="ConstraintsNotMetException"/>.</summary>
    /// <value>The default is false.</value>
    public bool AllowUnmet { get; init; }

    /// <summary>The part of the rows, in [0, 1), that is held out to measure the rates on; drawn by seed and row number.</summary>
    /// <value>The default is 0.</value>
    public double ValidationFraction { get; init => field = value is >= 0 and < 1 ? value : throw Bad(nameof(ValidationFraction), value, "at least 0 and less than 1"); }

    /// <summary>The most threads; 0 for as many as there are processors. They never change the result.</summary>
    /// <value>The default is 0.</value>
    public int Threads { get; init => field = value >= 0 ? value : throw Bad(nameof(Threads), value, "at least 0"); }

    /// <summary>What the choice of rows to hold out comes from.</summary>
    /// <value>The default is 1.</value>
    public int Seed { get; init; } = 1;

    /// <summary>An earlier model of as many features, whose weights, multipliers and levels the training begins with; null to begin anew.</summary>
    /// <value>The default is null.</value>
    public ConstrainedModel? WarmStart { get; init; }

    /// <summary>How the fitted model scores in process.</summary>
    public OnnxScoringOptions Scoring { get; init => field = value ?? throw new ArgumentNullException(nameof(value)); } = new();

    /// <summary>Told once an iteration and after each solve; it is called on the training thread.</summary>
    /// <value>The default is null.</value>
    public IProgress<ConstrainedProgress>? Progress { get; init; }

    /// <summary>Ends the training with <see cref="OperationCanceledException"/>.</summary>
    /// <value>The default is none.</value>
    public CancellationToken CancellationToken { get; init; }

    /// <summary>Whether rows must be told apart by groups.</summary>
    internal bool NeedsGroups => Objective == ConstrainedObjective.WorstGroupLoss || Constraints.Any(constraint => constraint.NeedsGroups);

    /// <summary>Checks what depends on more than one option.</summary>
    /// <exception cref="ArgumentException">Options contradict each other.</exception>
    internal void Validate()
    {
        if (Constraints.GroupBy(constraint => (constraint.Kind, constraint.Group)).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two constraints are about the same: {string.Join(" and ", twice)}. Keep the stricter one.", nameof(Constraints));
        }
    }

    private static string Name(string value) => string.IsNullOrEmpty(value) ? throw new ArgumentException("A column needs a name.", nameof(value)) : value;

    private static ArgumentOutOfRangeException Bad(string option, object? value, string need) => new(option, value, $"{option} must be {need}.");
}
