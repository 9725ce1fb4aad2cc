// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using MLNetExtensions.Trainers.SaddlePoint.Rates;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Rates;

/// <summary>Moving scores, all alike, against trying every move.</summary>
public sealed class BiasPlacementTests
{
    private const double Margin = 1e-6;

    [Fact]
    public void The_least_move_that_meets_all_is_found()
    {
        for (int seed = 0; seed < 60; seed++)
        {
            var (rows, groups, scores) = Draw(seed);
            Constraint[] asked = (seed % 4) switch
            {
                0 => [Constraint.MinRecall(0.8)],
                1 => [Constraint.MinRecall(0.6), Constraint.MaxFalsePositiveRate(0.5)],
                2 => [Constraint.MinPrecision(0.7)],
                _ => [Constraint.MinRecall(0.7, "b"), Constraint.MaxFalsePositiveRate(0.6, "a")],
            };
            RatedRows rated = new(rows, groups);
            ConstraintPlan plan = new(rated, new() { Constraints = asked });
            double[] moves = [.. Enumerable.Range(-4000, 8001).Select(i => i / 1000.0)];

            double? found = new BiasPlacement(plan).Find(scores, [.. scores.Select(_ => Margin)]);
            double? least = moves.Where(move => Meets(plan, rated, scores, move) && scores.All(score => Math.Abs(score + move) > Margin)).OrderBy(Math.Abs).Cast<double?>().FirstOrDefault();

            Assert.Equal(least is null, found is null);
            if (found is { } move && least is { } other)
            {
                Assert.True(Meets(plan, rated, scores, move));
                Assert.True(Math.Abs(move) <= Math.Abs(other) + 1e-9);
                Assert.All(scores, score => Assert.True(Math.Abs(score + move) > 0.99 * Margin));
            }
        }
    }

    [Fact]
    public void What_is_within_reach_is_the_best_over_all_moves()
    {
        var (rows, groups, scores) = Draw(3);
        RatedRows rated = new(rows, groups);
        ConstraintPlan plan = new(rated, new() { Constraints = [Constraint.MinRecall(0.95), Constraint.MaxFalsePositiveRate(0.02)] });
        BiasPlacement placement = new(plan);

        Assert.Null(placement.Find(scores, []));

        var rates = Enumerable.Range(-4000, 8001).Select(i => plan.Measure(new RateTable(rated).Count([.. scores.Select(score => score + (i / 1000.0))]))).ToArray();
        Assert.Equal(rates.Where(rate => rate[1] <= 0.02).Max(rate => rate[0]), placement.Reachable[0], 1e-12);
        Assert.Equal(rates.Where(rate => rate[0] >= 0.95).Min(rate => rate[1]), placement.Reachable[1], 1e-12);
    }

    [Theory]
    [InlineData(1, 0.0)]
    [InlineData(1, 0.13)]
    [InlineData(-1, 0.4)]
    [InlineData(-1, 1.0)]
    public void A_shift_misses_as_many_as_it_may_and_no_more(int sign, double missed)
    {
        var (rows, groups, scores) = Draw(8);
        var subset = new RatedRows(rows, groups).Subset(sign > 0);

        double shift = ScoreShift.ToMiss(subset, scores, sign, missed);

        double Missed(double by) => subset.Rows.Select((row, i) => (sign * scores[row]) + by <= 0 ? subset.Shares[i] : 0).Sum();
        Assert.True(Missed(shift) <= missed + 1e-12);
        // One row more would be too many.
        double next = subset.Rows.Select(row => (sign * scores[row]) + shift).Where(margin => margin > 0).DefaultIfEmpty(double.NaN).Min();
        Assert.True(double.IsNaN(next) || Missed(shift - next) > missed - 1e-12);
    }

    [Fact]
    public void Rows_that_share_a_score_are_missed_together_or_not_at_all()
    {
        // Ten positives at 1, ten at 2, ten at 3; a third may be missed, then nearly two thirds.
        RatedRows rows = new(TrainingRows.Dense([.. Enumerable.Range(1, 31).Select(i => (float)i)], 1, [.. Enumerable.Range(0, 31).Select(row => row < 30 ? 1f : 0)]), null);
        double[] scores = [.. Enumerable.Range(0, 31).Select(row => 1.0 + (row / 10))];
        var subset = rows.Subset(true);

        Assert.Equal(-1.5, ScoreShift.ToMiss(subset, scores, 1, 1.0 / 3), 1e-12);
        Assert.Equal(-1.5, ScoreShift.ToMiss(subset, scores, 1, 0.6), 1e-12);
        Assert.InRange(ScoreShift.ToMiss(subset, scores, 1, 0.2), -1, -0.9);
    }

    [Fact]
    public void One_row_far_away_does_not_push_the_bias()
    {
        const int Count = 4000;
        // Scores from -1 to 1, and one of a million, whose rounding is as large as all the others.
        float[] values = [.. Enumerable.Range(0, Count).Select(row => row == 0 ? 1e6f : (2f * ((row * 1237) % Count) / Count) - 1)];
        RatedRows rows = new(TrainingRows.Dense(values, 1, [.. values.Select(value => value > -0.3f ? 1f : 0)]), null);
        ConstraintPlan plan = new(rows, new() { Constraints = [Constraint.MinRecall(0.9)] });
        ConstrainedSolution solution = new(SaddleStatus.Converged, [1], 0.1703, 0, [1], [0], 0, 0, 1, 2);

        var model = PlacedModel.Of(new Candidate(solution, [0.3], 0, true), plan, new BiasPlacement(plan), CancellationToken.None);

        Assert.True(model.IsMet);
        Assert.InRange(model.Shift, -1e-4, 1e-4);
        Assert.InRange(model.Measure.Rates[0], 0.9, 0.905);
    }

    [Fact]
    public void A_bias_that_moves_many_rows_is_no_solution()
    {
        var rows = ConstrainedRows.Draw(400);
        RatedRows rated = new(rows, null);
        ConstraintPlan plan = new(rated, new() { Constraints = [Constraint.MinRecall(0.9)] });
        double[] weights = [2, -1, 2, -1, 2, 0];
        // The bias of the solution is far too low.
        ConstrainedSolution solution = new(SaddleStatus.Converged, weights, -3, 0, [1], [0], 0.123, 1e-8, 1, 2);
        Candidate candidate = new(solution, [0.3], 0.5, true);

        var model = PlacedModel.Of(candidate, plan, new BiasPlacement(plan), CancellationToken.None);
        var summary = Summaries.Of(plan, rated, new([candidate], 1, 1, 2, null, []), model, isExact: model.Flipped <= 0.002, model.Scores);

        int flipped = Enumerable.Range(0, 400).Count(row => model.Scores[row] > 0 && model.Scores[row] - model.Shift <= 0);
        Assert.True(model.IsMet);
        Assert.InRange(model.Shift, 1, 10);
        Assert.Equal(flipped / 400.0, model.Flipped, 1e-12);
        Assert.Equal(SaddleStatus.Budget, summary.Status);
        double loss = Enumerable.Range(0, 400).Where(row => rows.Labels[row] == 0).Average(row => Math.Log(1 + Math.Exp(model.Scores[row])));
        Assert.Equal(loss + (1e-3 / 2 * weights.Sum(weight => weight * weight)), summary.Objective, 1e-9);
    }

    private static bool Meets(ConstraintPlan plan, RatedRows rows, double[] scores, double move) =>
        plan.Shortfall(plan.Measure(new RateTable(rows).Count([.. scores.Select(score => score + move)]))) == 0;

    private static (TrainingRows Rows, RowGroups Groups, double[] Scores) Draw(int seed)
    {
        const int Count = 40;
        Random random = new(seed);
        float[] labels = [.. Enumerable.Range(0, Count).Select(row => row < 4 ? row % 2 : random.Next(2))];
        // On a grid of odd hundredths' halves, so that moves by thousandths lie between them.
        double[] scores = [.. labels.Select(label => (Math.Round(50 * (label - 0.5 + (3 * (random.NextDouble() - 0.5)))) / 50) + 0.0105)];
        return (TrainingRows.Dense([.. Enumerable.Range(1, Count).Select(i => (float)i)], 1, labels, [.. labels.Select((_, row) => 1f + (row % 3))]), new(["a", "b"], Enumerable.Range(0, Count).Select(row => row / 2 % 2)), scores);
    }
}
