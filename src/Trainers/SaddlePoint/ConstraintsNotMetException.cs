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
            $"{outcome.Constraint}: {Number(outcome.Achieved)} was reached{(double.IsNaN(outcome.Reachable) ? "" : $", and {Number(outcome.Reachable)} is within reach while the others are kept")}");
        var kept = summary.Constraints.Where(outcome => outcome.IsMet).Select(outcome => $"{outcome.Constraint} ({Number(outcome.Achieved)})").ToArray();
        return $"The training rows don't keep to {string.Join("; ", missed)}{(kept.Length == 0 ? "" : $", beside {string.Join(", ", kept)}")}. "
            + $"The solver's status is {summary.Status} after {summary.Passes} passes. Ask for less, add features, or set {nameof(ConstrainedLogisticRegressionOptions.AllowUnmet)} to get the nearest model with its summary.";
    }

    private static string Number(double value) => value.ToString("0.####", CultureInfo.InvariantCulture);
}
