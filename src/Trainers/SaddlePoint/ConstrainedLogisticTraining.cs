// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.Predictions;
using MLNetExtensions.Trainers.SaddlePoint.Rates;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Logistic regression under constraints on rows in memory, without data views.</summary>
public static class ConstrainedLogisticTraining
{
    /// <summary>Trains.</summary>
    /// <param name="rows">Features, labels that are 0 or 1, and weights.</param>
    /// <param name="groups">The group of each row; null where nothing speaks of groups.</param>
    /// <param name="options">The constraints and how to train; names of columns are for messages.</param>
    /// <param name="heldOut">Rows to measure the rates on beside; null for the part of the rows that the options hold out.</param>
    /// <param name="heldOutGroups">Their groups.</param>
    /// <exception cref="ArgumentException">The rows can't be trained on as the options say.</exception>
    /// <exception cref="ConstraintsNotMetException">No model was found that keeps to all constraints, and the options don't allow that.</exception>
    /// <exception cref="OperationCanceledException">The options' token was cancelled.</exception>
    public static ConstrainedModel Run(
        TrainingRows rows, RowGroups? groups, ConstrainedLogisticRegressionOptions options, TrainingRows? heldOut = null, RowGroups? heldOutGroups = null)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        options.Validate();
        RowChecks.Rows(rows, groups, options);
        RatedRows training, measured;
        if (heldOut is null)
        {
            (training, measured) = Split(rows, groups, options);
        }
        else
        {
            RowChecks.HeldOut(heldOut, heldOutGroups, rows, groups, options);
            training = new RatedRows(rows, groups);
            measured = new RatedRows(heldOut, heldOutGroups is null ? null : RowChecks.SameNames(heldOutGroups, groups!));
        }
        RowChecks.Training(training, options);
        ConstraintPlan plan = new(training, options);
        var found = LevelSearch.Run(plan, options);
        var model = Finish(plan, measured, found, options);
        return model.Summary.IsMet || options.AllowUnmet ? model : throw new ConstraintsNotMetException(model.Summary);
    }

    // What single precision leaves of the solution is what is measured.
    private static ConstrainedModel Finish(ConstraintPlan plan, RatedRows measured, LevelResult found, ConstrainedLogisticRegressionOptions options)
    {
        // A solution whose bias must be moved by more than this is no solution of what was asked.
        double few = Math.Max(options.RateTolerance, LargestRow * plan.Rows.Subset().LargestShare);
        var model = Best(plan, found, few, options.CancellationToken);
        double[] heldOutScores = LinearScores.Of(measured.Rows, model.Weights, model.Bias, out _, options.CancellationToken);
        var calibration = Calibrate(measured, heldOutScores) ?? Calibrate(plan.Rows, model.Scores) ?? ScoreCalibration.LogOdds;
        var solution = model.Candidate.Solution;
        ConstrainedState state = new(
            solution.Weights, solution.Bias, solution.Worst, solution.Multipliers, model.Candidate.Levels, [.. plan.Terms.Select(term => term.Name)], options.Constraints, plan.Objective);
        return new ConstrainedModel(model.Weights, model.Bias, calibration, Summaries.Of(plan, measured, found, model, model.Flipped <= few, heldOutScores), state);
    }

    // Some rows' worth of a bias moved beyond a step.
    private const double LargestRow = 1.01;

    // The first that keeps to everything nearly as it was found; where there is none, that whose bias must be moved least; else the one nearest to what was asked.
    private static PlacedModel Best(ConstraintPlan plan, LevelResult found, double few, CancellationToken cancel)
    {
        BiasPlacement placement = new(plan);
        PlacedModel? best = null;
        foreach (var candidate in found.Candidates)
        {
            var model = PlacedModel.Of(candidate, plan, placement, cancel);
            if (model.IsMet && model.Flipped <= few)
            {
                return model;
            }
            best = model.IsMet && !(best?.Flipped <= model.Flipped) ? model : best;
        }
        return best ?? PlacedModel.Of(found.Candidates.MinBy(candidate => candidate.Shortfall)!, plan, placement, cancel);
    }

    // Multipliers weigh one class more than the other, so scores are no log-odds of the rows as they are. Probabilities must rise with scores, which few rows may not show.
    private static ScoreCalibration? Calibrate(RatedRows rows, double[] scores) =>
        PlattScaling.Fit(Array.ConvertAll(scores, score => (float)score), rows.Rows.Labels.ToArray(), rows.Rows.Weights.ToArray()) is { Slope: > 0 } fitted ? fitted : null;

    private static (RatedRows Training, RatedRows HeldOut) Split(TrainingRows rows, RowGroups? groups, ConstrainedLogisticRegressionOptions options)
    {
        RowSplit split = new(options.ValidationFraction, (ulong)options.Seed);
        var (training, heldOut) = split.Of(rows);
        if (groups is null)
        {
            return (new RatedRows(training, null), new RatedRows(heldOut, null));
        }
        var sides = Enumerable.Range(0, groups.Rows.Length).ToLookup(row => split.IsHeldOut(row), row => groups.Rows[row]);
        return (new RatedRows(training, new RowGroups(groups.Names, sides[false])), new RatedRows(heldOut, new RowGroups(groups.Names, sides[true])));
    }
}
