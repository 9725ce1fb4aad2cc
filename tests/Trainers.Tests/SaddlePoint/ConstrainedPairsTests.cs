// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Rates;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>Several constraints at once: none takes another's level, and what can be met is.</summary>
public sealed class ConstrainedPairsTests
{
    private static readonly TrainingRows Few = ConstrainedRows.Draw(300);
    private static readonly TrainingRows Rows = ConstrainedRows.Draw();
    private static readonly RowGroups Groups = ConstrainedRows.Groups();

    [Theory]
    [InlineData(0.6, 0.3)]
    [InlineData(0.93, 0.3)]
    [InlineData(0.6, 0.03)]
    public void Precision_and_false_positives_have_a_level_each(double precision, double alarms)
    {
        ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinPrecision(precision), Constraint.MaxFalsePositiveRate(alarms)] };
        ConstraintPlan plan = new(new RatedRows(Rows, null), options);

        var summary = ConstrainedLogisticTraining.Run(Rows, null, options).Summary;

        Assert.NotEqual(plan.PlacesOf(0)[0], plan.PlacesOf(1)[0]);
        Assert.NotEqual(plan.Terms[0].Name, plan.Terms[1].Name);
        Assert.True(summary.IsMet);
        Assert.Equal(SaddleStatus.Converged, summary.Status);
        Assert.All(summary.Constraints, outcome => Assert.True(outcome.Surrogates[0].Level > 0));
    }

    // A search over rates alone reaches 0.0764 at this recall.
    [Theory]
    [InlineData(0.077)]
    [InlineData(0.08)]
    [InlineData(0.09)]
    [InlineData(0.1)]
    [InlineData(0.11)]
    public void A_pair_that_can_just_be_met_is_met(double alarms)
    {
        var summary = ConstrainedLogisticTraining.Run(Few, null, new() { Constraints = [Constraint.MinRecall(0.9), Constraint.MaxFalsePositiveRate(alarms)] }).Summary;

        Assert.True(summary.IsMet);
        Assert.Equal(SaddleStatus.Converged, summary.Status);
        Assert.InRange(summary.Passes, 1, 200);
    }

    [Theory]
    [InlineData(0.04)]
    [InlineData(0.07)]
    public void A_pair_that_can_just_not_be_met_ends_soon(double alarms)
    {
        var summary = ConstrainedLogisticTraining.Run(Few, null, new() { Constraints = [Constraint.MinRecall(0.9), Constraint.MaxFalsePositiveRate(alarms)], AllowUnmet = true }).Summary;

        Assert.False(summary.IsMet);
        Assert.Equal(SaddleStatus.InfeasibleSuspected, summary.Status);
        Assert.InRange(summary.Passes, 1, 200);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void What_brute_force_over_two_weights_and_bias_reaches_is_reached(int seed)
    {
        var rows = Plane(seed);
        double least = LeastAlarms(rows, 0.9);

        var summary = ConstrainedLogisticTraining.Run(rows, null, new() { L2Regularization = 1e-6, Constraints = [Constraint.MinRecall(0.9), Constraint.MaxFalsePositiveRate(least + 0.015)] }).Summary;

        Assert.True(summary.IsMet);
    }

    [Fact]
    public void Three_recalls_and_false_positives_are_kept_together()
    {
        var summary = ConstrainedLogisticTraining.Run(Rows, Groups, new()
        {
            Constraints = [Constraint.MinRecall(0.9, "a"), Constraint.MinRecall(0.9, "b"), Constraint.MinRecall(0.9, "c"), Constraint.MaxFalsePositiveRate(0.2)],
        }).Summary;

        Assert.True(summary.IsMet);
        Assert.Equal(SaddleStatus.Converged, summary.Status);
        Assert.All(summary.Groups, group => Assert.InRange(group.Recall, 0.9, 1));
    }

    [Theory]
    [InlineData(1e-6, 0.3)]
    [InlineData(1e-4, 0.3)]
    [InlineData(1e-3, 0.3)]
    [InlineData(1e-6, 0.25)]
    public void Group_losses_that_bind_are_kept_at_any_tolerance_and_beside_a_rate(double tolerance, double loss)
    {
        var free = ConstrainedLogisticTraining.Run(Rows, Groups, new()).Summary.Groups.Max(group => group.Loss);
        var least = ConstrainedLogisticTraining.Run(Rows, Groups, new() { Objective = ConstrainedObjective.WorstGroupLoss }).Summary.Groups.Max(group => group.Loss);
        // Between what is possible and what comes by itself.
        double bound = least + (loss * (free - least));
        ConstrainedLogisticRegressionOptions options = new() { Tolerance = tolerance, Constraints = [Constraint.BoundedGroupLoss(bound)] };

        var alone = ConstrainedLogisticTraining.Run(Rows, Groups, options).Summary;
        var beside = ConstrainedLogisticTraining.Run(Rows, Groups, options with { Constraints = [Constraint.BoundedGroupLoss(bound), Constraint.MinRecall(0.86)] }).Summary;
        var stated = ConstrainedLogisticTraining.Run(Rows, Groups, options with { Constraints = [Constraint.MinRecall(0.9).OnSurrogate(0.25)] }).Summary;

        Assert.All(new[] { alone, beside, stated }, summary => Assert.Equal(SaddleStatus.Converged, summary.Status));
        Assert.All(alone.Groups, group => Assert.True(group.Loss <= bound + 1e-9));
        Assert.All(beside.Groups, group => Assert.True(group.Loss <= bound + 1e-9));
        Assert.InRange(beside.Constraints[1].Achieved, 0.86, 1);
        Assert.InRange(stated.Constraints[0].Surrogates[0].Value, 0, 0.25 + (2 * tolerance));
    }

    [Fact]
    public void A_small_level_is_not_kept_by_a_large_allowance()
    {
        var separable = ConstrainedRows.Draw(400, noise: 0);
        Constraint[] asked = [Constraint.MinRecall(0.9).OnSurrogate(1e-4)];

        var summary = ConstrainedLogisticTraining.Run(separable, null, new() { L2Regularization = 1e-9, Constraints = asked, Objective = ConstrainedObjective.AllRows }).Summary;

        Assert.True(summary.IsMet);
        Assert.InRange(summary.Constraints[0].Surrogates[0].Value, 0, 1.05e-4);
    }

    // Two features, two bells.
    private static TrainingRows Plane(int seed)
    {
        Random random = new(seed);
        float[] labels = [.. Enumerable.Range(0, 2000).Select(row => (float)(row % 2))];
        return TrainingRows.Dense([.. labels.SelectMany(label => new[] { Bell() + label, Bell() + (0.7f * label) })], 2, labels);

        float Bell() => (float)(Enumerable.Range(0, 6).Sum(_ => random.NextDouble()) - 3);
    }

    // Over all directions, the least part of the negatives at or above the positive that must still be found.
    private static double LeastAlarms(TrainingRows rows, double recall)
    {
        float[] point = new float[2];
        double least = 1;
        for (int degree = 0; degree < 360; degree += 4)
        {
            var (sin, cos) = Math.SinCos(degree * Math.PI / 180);
            var scored = Enumerable.Range(0, (int)rows.Count).Select(row =>
            {
                rows.CopyFeatures(row, point);
                return (Score: (cos * point[0]) + (sin * point[1]), Positive: rows.Labels[row] > 0);
            }).ToArray();
            double[] positives = [.. scored.Where(row => row.Positive).Select(row => row.Score).OrderDescending()];
            double last = positives[(int)Math.Ceiling(recall * positives.Length) - 1];
            least = Math.Min(least, scored.Where(row => !row.Positive).Average(row => row.Score >= last ? 1.0 : 0));
        }
        return least;
    }
}
