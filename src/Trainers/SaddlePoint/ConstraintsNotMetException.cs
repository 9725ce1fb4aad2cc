// SPDX-License-Identifier: MIT
using System.Globalization;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>No model was found that keeps to all constraints; the message says what was asked and what was reached.</summary>
public sealed class ConstraintsNotMetException : InvalidOperationException
{
    internal ConstraintsNotMetException(ConstrainedSummary summary)
        : base(Describe(summary)) => Summary = summary;

    /// <summary>How the training went: each constraint's asked and achieved values, and why it ended.</summary>
    public ConstrainedSummary Summary { get; }

    private static string Describe(ConstrainedSummary summary)
    {
        var missed = summary.Constraints.Where(outcome => !outcome.IsMet).Select(outcome =>
            $"{outcome.Constraint}: {Reached(outcome)}{(double.IsNaN(outcome.Reachable) ? "" : $", and {Number(outcome.Reachable)} is within reach while the others are kept")}");
        var kept = summary.Constraints.Where(outcome => outcome.IsMet).Select(outcome => $"{outcome.Constraint} ({Number(outcome.Achieved)})").ToArray();
        return $"The training rows don't keep to {string.Join("; ", missed)}{(kept.Length == 0 ? "" : $", beside {string.Join(", ", kept)}")}. "
            + $"{Conflict(summary)}The solver's status is {summary.Status} after {summary.Passes} passes. Ask for less, add features, or set {nameof(ConstrainedLogisticRegressionOptions.AllowUnmet)} to get the nearest model with its summary.";
    }

    // What was asked may be a level of the surrogate, or about the worst of several groups.
    private static string Reached(ConstraintOutcome outcome)
    {
        var worst = outcome.Surrogates.MaxBy(surrogate => surrogate.Value - surrogate.Level)!;
        return outcome.Constraint.SurrogateLevel is not null ? $"its surrogate ({worst.Name}) is {Number(worst.Value)}"
            : outcome.Constraint.Kind == ConstraintKind.BoundedGroupLoss ? $"{Number(outcome.Achieved)} was reached ({worst.Name})"
            : $"{Number(outcome.Achieved)} was reached";
    }

    private static string Conflict(ConstrainedSummary summary)
    {
        string[] names = [.. summary.Constraints.Where(outcome => outcome.Surrogates.Sum(surrogate => surrogate.Conflict) > LeastConflict).Select(outcome => outcome.Constraint.ToString())];
        return names.Length switch
        {
            0 => "",
            1 => $"No weights of use meet the surrogates of {names[0]}. ",
            _ => $"The surrogates of {string.Join(" and ", names)} exclude each other. ",
        };
    }

    // A part in what excludes each other that is worth naming.
    private const double LeastConflict = 0.01;

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
