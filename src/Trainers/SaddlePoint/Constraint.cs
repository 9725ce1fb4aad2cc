// SPDX-License-Identifier: MIT
using System.Globalization;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>What a classifier must keep to, stated as a rate on the rows that it is trained on; rows count by their weights.</summary>
/// <remarks>
/// Rates are steps, so training works on smooth surrogates: mean logistic losses of some rows, or differences of mean scores. The trainer looks for
/// the surrogate's level at which the rate is what was asked; <see cref="OnSurrogate"/> states the level instead.
/// </remarks>
public sealed record Constraint
{
    private Constraint(ConstraintKind kind, double bound, string? group)
    {
        Kind = kind;
        Bound = bound;
        Group = group;
    }

    /// <summary>What it is about.</summary>
    public ConstraintKind Kind { get; }

    /// <summary>The least or the largest value that is allowed.</summary>
    public double Bound { get; }

    /// <summary>The group whose rows it is about; null for all rows.</summary>
    public string? Group { get; }

    /// <summary>The level that its surrogate must keep to instead of the rate; null where the trainer finds it.</summary>
    public double? SurrogateLevel { get; private init; }

    /// <summary>At least this part of the positives has a score above 0. Its surrogate is their mean logistic loss.</summary>
    /// <param name="rate">The part, more than 0 and at most 1.</param>
    /// <param name="group">The group whose positives are meant, by its name; null for all.</param>
    public static Constraint MinRecall(double rate, string? group = null) => new(ConstraintKind.MinRecall, Positive(rate, nameof(rate)), group);

    /// <summary>At most this part of the negatives has a score above 0. Its surrogate is their mean logistic loss.</summary>
    /// <param name="rate">The part, at least 0 and less than 1.</param>
    /// <param name="group">The group whose negatives are meant, by its name; null for all.</param>
    public static Constraint MaxFalsePositiveRate(double rate, string? group = null) => new(ConstraintKind.MaxFalsePositiveRate, BelowOne(rate, nameof(rate)), group);

    /// <summary>At least this part of the rows with a score above 0 is positive, and there are such rows. Its surrogate is the negatives' mean logistic loss.</summary>
    /// <param name="rate">The part, more than 0 and at most 1.</param>
    public static Constraint MinPrecision(double rate) => new(ConstraintKind.MinPrecision, Positive(rate, nameof(rate)), null);

    /// <summary>The recalls of any two groups differ by no more than this. Its surrogates are the differences between the mean score of a group's positives and that of all positives.</summary>
    /// <remarks>Recalls are fractions of whole rows: 0 can be met only where they can be the same, so rather ask for what one row makes, 1 over the positives of the smallest group, or more.</remarks>
    /// <param name="maxDifference">The difference, at least 0 and less than 1.</param>
    public static Constraint EqualOpportunity(double maxDifference) => new(ConstraintKind.EqualOpportunity, BelowOne(maxDifference, nameof(maxDifference)), null);

    /// <summary>The parts of any two groups with a score above 0 differ by no more than this. Its surrogates are the differences between the mean score of a group and that of all rows.</summary>
    /// <remarks>They are fractions of whole rows: 0 can be met only where they can be the same, so rather ask for what one row makes, 1 over the rows of the smallest group, or more.</remarks>
    /// <param name="maxDifference">The difference, at least 0 and less than 1.</param>
    public static Constraint DemographicParity(double maxDifference) => new(ConstraintKind.DemographicParity, BelowOne(maxDifference, nameof(maxDifference)), null);

    /// <summary>The mean logistic loss of each group is no more than this. It is its own surrogate.</summary>
    /// <param name="maxLoss">The loss in nats, more than 0.</param>
    public static Constraint BoundedGroupLoss(double maxLoss) => maxLoss > 0 && double.IsFinite(maxLoss)
        ? new(ConstraintKind.BoundedGroupLoss, maxLoss, null)
        : throw new ArgumentOutOfRangeException(nameof(maxLoss), maxLoss, "The largest loss must be positive and finite.");

    /// <summary>The same constraint on its surrogate: a mean loss, or the size of a difference of mean scores, is at most the level. The rate is measured and reported, but not asked for.</summary>
    /// <param name="level">The level; a loss must be positive, a difference not negative.</param>
    public Constraint OnSurrogate(double level) => double.IsFinite(level) && (IsDifference ? level >= 0 : level > 0)
        ? this with { SurrogateLevel = level }
        : throw new ArgumentOutOfRangeException(nameof(level), level, IsDifference ? "A difference of mean scores must be finite and at least 0." : "A mean loss must be positive and finite.");

    /// <summary>What is asked, in words.</summary>
    public override string ToString()
    {
        string bound = Bound.ToString(CultureInfo.InvariantCulture), of = Group is null ? "" : $" of group '{Group}'";
        string asked = Kind switch
        {
            ConstraintKind.MinRecall => $"recall{of} >= {bound}",
            ConstraintKind.MaxFalsePositiveRate => $"false-positive rate{of} <= {bound}",
            ConstraintKind.MinPrecision => $"precision >= {bound}",
            ConstraintKind.EqualOpportunity => $"difference of recall between groups <= {bound}",
            ConstraintKind.DemographicParity => $"difference of positive rate between groups <= {bound}",
            _ => $"loss of each group <= {bound}",
        };
        return SurrogateLevel is { } level ? $"{asked}, by surrogate <= {level.ToString(CultureInfo.InvariantCulture)}" : asked;
    }

    /// <summary>Whether it compares groups with each other.</summary>
    internal bool IsDifference => Kind is ConstraintKind.EqualOpportunity or ConstraintKind.DemographicParity;

    /// <summary>Whether it is on a rate, whose surrogates' levels the trainer must find.</summary>
    internal bool IsRate => SurrogateLevel is null && Kind != ConstraintKind.BoundedGroupLoss;

    /// <summary>Whether its rows must be told apart by groups.</summary>
    internal bool NeedsGroups => Group is not null || IsDifference || Kind == ConstraintKind.BoundedGroupLoss;

    /// <summary>Whether a value, measured, is what was asked for.</summary>
    internal bool Allows(double value) => IsLeast ? value >= Bound - Rounding : value <= Bound + Rounding;

    /// <summary>Whether one value keeps to it rather than another.</summary>
    internal bool IsBetter(double value, double other) => IsLeast ? value > other : value < other;

    private bool IsLeast => Kind is ConstraintKind.MinRecall or ConstraintKind.MinPrecision;

    // Sums of weights over sums of weights: what rounding may take from them.
    private const double Rounding = 1e-10;

    private static double Positive(double rate, string name) => rate is > 0 and <= 1
        ? rate
        : throw new ArgumentOutOfRangeException(name, rate, "The rate must be more than 0 and at most 1.");

    private static double BelowOne(double rate, string name) => rate is >= 0 and < 1
        ? rate
        : throw new ArgumentOutOfRangeException(name, rate, "It must be at least 0 and less than 1.");
}
