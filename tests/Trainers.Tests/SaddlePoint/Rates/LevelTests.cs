// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Rates;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Rates;

/// <summary>The levels that scores suggest, against moving the scores.</summary>
public sealed class LevelTests
{
    private static readonly TrainingRows Rows = ConstrainedRows.Draw(400);
    private static readonly RatedRows Rated = new(Rows, ConstrainedRows.Groups(400));
    private static readonly double[] Scores = [.. Enumerable.Range(0, 400).Select(row => Math.Sin(7 * row) + (Rows.Labels[row] > 0 ? 0.4 : -0.4))];

    [Theory]
    [InlineData(0.6)]
    [InlineData(0.9)]
    public void A_loss_is_what_it_would_be_after_the_move_that_the_rate_needs(double recall)
    {
        ConstraintPlan plan = new(Rated, new() { Constraints = [Constraint.MinRecall(recall)] });
        double[] levels = new double[1], moved = new double[1];
        plan.Propose(0, Scores, [false], 1, levels);

        double shift = ScoreShift.ToMiss(Rated.Subset(true), Scores, 1, 1 - recall - 0.001);
        plan.Propose(0, [.. Scores.Select(score => score + shift)], [true], 1, moved);

        double loss = Rated.Subset(true).Rows.Average(row => Math.Log(1 + Math.Exp(-(Scores[row] + shift))));
        Assert.InRange(levels[0], loss - 0.01, loss + 0.01);
        // Where the rate is right, the level stays.
        Assert.Equal(levels[0], moved[0], 1e-9);
    }

    [Fact]
    public void A_precision_takes_the_lowest_threshold_that_gives_it()
    {
        ConstraintPlan plan = new(Rated, new() { Constraints = [Constraint.MinPrecision(0.8)], RateTolerance = 1e-6 });
        double[] levels = new double[1];
        plan.Propose(0, Scores, [false], 1, levels);

        var negatives = Rated.Subset(false).Rows;
        // All thresholds, row by row.
        double lowest = Scores.Where(score => Precision(score) >= 0.8 + plan.Forms[0].Step).Min(), next = Scores.Where(score => score < lowest).Max();
        double at = negatives.Average(row => Math.Log(1 + Math.Exp(Scores[row] - ((lowest + next) / 2))));
        Assert.Equal(at, levels[0], 1e-9);

        static double Precision(double least)
        {
            int[] above = [.. Enumerable.Range(0, 400).Where(row => Scores[row] >= least)];
            return above.Average(row => Rows.Labels[row] > 0 ? 1.0 : 0);
        }
    }

    [Fact]
    public void Levels_of_differences_can_be_met_together_by_what_they_were_made_for()
    {
        ConstraintPlan plan = new(Rated, new() { Constraints = [Constraint.DemographicParity(0.05)] });
        // Group c has much higher scores.
        double[] scores = [.. Scores.Select((score, row) => score + (Rated.GroupOf(row) == 2 ? 1.5 : Rated.GroupOf(row) == 1 ? 0.3 : 0))], levels = new double[6];

        foreach (double gain in new[] { 0.3, 1, 4 })
        {
            plan.Propose(0, scores, new bool[6], gain, levels);

            double sumUp = 0, sumDown = 0;
            for (int group = 0; group < 3; group++)
            {
                double share = Rated.Subset(group: group).Weight / 400;
                Assert.True(levels[2 * group] >= -levels[(2 * group) + 1] - 1e-12);
                sumUp += share * levels[2 * group];
                sumDown += share * levels[(2 * group) + 1];
            }
            // Differences from the mean of all add up to nothing.
            Assert.True(sumUp >= -1e-12 && sumDown >= -1e-12);
        }
    }

    [Fact]
    public void Moving_groups_as_the_levels_say_makes_the_rates_alike()
    {
        ConstraintPlan plan = new(Rated, new() { Constraints = [Constraint.EqualOpportunity(0.1)] });
        double[] scores = [.. Scores.Select((score, row) => score + (Rated.GroupOf(row) == 2 ? 0.8 : 0))], levels = new double[6];
        Assert.True(plan.Shortfall(plan.Measure(new RateTable(Rated).Count(scores))) > 0);
        plan.Propose(0, scores, new bool[6], 1, levels);

        // Each group's mean to the nearest that its levels allow.
        double all = Rated.Subset(true).MeanOf(scores);
        double[] moves = [.. Enumerable.Range(0, 3).Select(group =>
        {
            double difference = Rated.Subset(true, group).MeanOf(scores) - all;
            return Math.Clamp(difference, -levels[(2 * group) + 1], levels[2 * group]) - difference;
        })];
        double[] moved = [.. scores.Select((score, row) => score + moves[Rated.GroupOf(row)])];

        double spread = plan.Measure(new RateTable(Rated).Count(moved))[0];
        Assert.InRange(spread, 0, 0.15);
        Assert.True(spread < plan.Measure(new RateTable(Rated).Count(scores))[0] / 2);
    }
}
