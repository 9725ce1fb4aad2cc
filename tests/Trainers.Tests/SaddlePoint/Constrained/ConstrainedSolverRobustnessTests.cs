// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

public class ConstrainedSolverRobustnessTests
{
    [Theory]
    [InlineData(1e4)]
    [InlineData(1e8)]
    public void Features_of_any_scale_are_solved_without_more_passes(double conditioning)
    {
        var problem = ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(800, 20, 7, conditioning), 1e-3 / conditioning);
        using var solver = new ConstrainedSolver(problem, largestFullCurvature: 0);

        var solution = solver.Solve([0.3], 1e-6, 200);

        Assert.Equal(SaddleStatus.Converged, solution.Status);
    }

    [Theory]
    [InlineData(1e4)]
    [InlineData(1e8)]
    public void Features_that_depend_on_each_other_are_solved_with_all_second_derivatives(double conditioning)
    {
        var problem = ConstrainedProblems.NeymanPearson(ConstrainedProblems.Mixed(ConstrainedProblems.Rows(800, 20, 8, conditioning)), 1e-3 / conditioning);
        using var solver = new ConstrainedSolver(problem);

        var solution = solver.Solve([0.3], 1e-6, 200);

        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.Equal(0, solution.Values[0], 1e-6);
    }

    [Fact]
    public void Moving_and_scaling_features_changes_neither_passes_nor_residuals()
    {
        var rows = ConstrainedProblems.Rows(800, 6, 7);
        float[] values = new float[800 * 6];
        for (int i = 0; i < 800; i++)
        {
            var row = values.AsSpan(i * 6, 6);
            rows.CopyFeatures(i, row);
            for (int j = 0; j < 6; j++)
            {
                // Powers of two and a small integer: hardly any rounding.
                row[j] = (row[j] * (j % 2 == 0 ? 1024 : 1 / 64f)) + (j % 3 == 0 ? 4 : 0);
            }
        }
        using var first = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(rows, 0));
        using var second = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(TrainingRows.Dense(values, 6, rows.Labels), 0));

        var expected = first.Solve([0.3], 1e-5, 400);
        var actual = second.Solve([0.3], 1e-5, 400);

        Assert.Equal(expected.Passes, actual.Passes);
        Assert.Equal(expected.Residual, actual.Residual, 1e-3 * expected.Residual);
        Assert.Equal(expected.Weights[1], actual.Weights[1] / 64, 1e-4);
    }

    [Fact]
    public void A_level_that_only_huge_weights_reach_is_reached_within_the_tolerance()
    {
        var rows = TrainingRows.Dense([-2f, -1f, 1f, 2f], 1, [0f, 0f, 1f, 1f]);
        using var solver = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(rows, 1e-4));

        var solution = solver.Solve([0], 1e-6, 400);

        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.InRange(solution.Values[0], 0, 1e-6);
    }

    [Fact]
    public void Features_far_from_zero_get_the_weights_of_those_about_it()
    {
        var rows = ConstrainedProblems.Rows(800, 6, 7);
        float[] near = new float[800 * 6], far = new float[800 * 6];
        for (int i = 0; i < 800; i++)
        {
            rows.CopyFeatures(i, near.AsSpan(i * 6, 6));
        }
        for (int i = 0; i < near.Length; i++)
        {
            // In steps of 1/64, which float keeps as far as 1e4 from zero.
            near[i] = MathF.Round(near[i] * 64) / 64;
            far[i] = near[i] + 10_000;
        }
        using var first = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(TrainingRows.Dense(near, 6, rows.Labels)));
        using var second = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(TrainingRows.Dense(far, 6, rows.Labels)));

        var expected = first.Solve([0.3], 1e-6, 400);
        var actual = second.Solve([0.3], 1e-6, 400);

        Assert.Equal(SaddleStatus.Converged, actual.Status);
        Assert.Equal(expected.Passes, actual.Passes);
        Assert.All(expected.Weights.Zip(actual.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.Equal(expected.Bias, actual.Bias + (10_000 * actual.Weights.Sum()), 1e-4);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(512)]
    public void Constant_features_get_no_weight_and_repeated_ones_share_theirs(int largestFullCurvature)
    {
        var rows = ConstrainedProblems.Rows(500, 4, 9);
        float[] values = new float[500 * 8], merged = new float[500 * 4], row = new float[4];
        for (int i = 0; i < 500; i++)
        {
            rows.CopyFeatures(i, row);
            new[] { row[0], row[1], row[2], row[3], row[0], 7, 0, 1e6f }.CopyTo(values, i * 8);
            // One weight of a feature that is sqrt(2) larger costs what two equal ones of the feature do.
            new[] { row[0] * MathF.Sqrt(2), row[1], row[2], row[3] }.CopyTo(merged, i * 4);
        }
        using var solver = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(TrainingRows.Dense(values, 8, rows.Labels), 1e-2), largestFullCurvature: largestFullCurvature);
        using var reference = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(TrainingRows.Dense(merged, 4, rows.Labels), 1e-2));

        var solution = solver.Solve([0.3], 1e-8, 400);

        var expected = reference.Solve([0.3], 1e-8, 400);
        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.Equal(expected.Objective, solution.Objective, 1e-6);
        Assert.Equal(solution.Weights[0], solution.Weights[4], 1e-6);
        Assert.Equal(expected.Weights[1], solution.Weights[1], 1e-5);
        Assert.All(solution.Weights[5..], weight => Assert.Equal(0, weight, 1e-6));
    }

    [Fact]
    public void A_level_below_what_any_weights_reach_is_suspected_with_evidence_that_holds()
    {
        var rows = ConstrainedProblems.Rows(500, 4, 10);
        var problem = new ConstrainedProblem(
            rows, ConstrainedProblems.Unconstrained(rows).ObjectiveWeights, 1e-3, false, [ConstrainedProblems.Mean(rows, 0), ConstrainedProblems.Mean(rows, 1)], []);
        using var solver = new ConstrainedSolver(problem);

        var solution = solver.Solve([0.2, 0.2], 1e-6, 1000);

        Assert.Equal(SaddleStatus.InfeasibleSuspected, solution.Status);
        var evidence = solution.Infeasible!;
        Assert.Equal(1, evidence.Shares.Sum(), 1e-12);
        // The weighted mean of both losses, minimised over all weights, is still above that of the levels: nothing meets both.
        double[] weights = new double[500];
        foreach (var (constraint, k) in problem.LossConstraints.Select((constraint, k) => (constraint, k)))
        {
            for (int i = 0; i < constraint.Rows.Length; i++)
            {
                weights[constraint.Rows[i]] = evidence.Shares[k] * constraint.Weights[i];
            }
        }
        double[] best = LogisticNewton.Solve(rows, weights, 1e-12);
        using var check = new ConstrainedSolver(new ConstrainedProblem(rows, weights, 0, false, [], []));
        check.Start(best.AsSpan(0, 4), best[4], 0, []);
        Assert.True(check.Solve([], 1e-3, 2).Objective > 0.2 + 1e-3);
    }

    [Fact]
    public void After_levels_that_cannot_be_met_others_are_solved_as_if_those_had_not_been()
    {
        var problem = ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(500, 4, 11), 1e-2) with { };
        problem = problem with { LinearConstraints = [new([1, 0, 0, 0], 0), new([-1, 0, 0, 0], 0)] };
        using var solver = new ConstrainedSolver(problem);
        var first = solver.Solve([0.3, 0.1, 0.1], 1e-8, 400);

        var contradiction = solver.Solve([0.3, -0.1, -0.1], 1e-8, 400);
        var last = solver.Solve([0.3, 0.1, 0.1], 1e-8, 400);

        Assert.Equal(SaddleStatus.InfeasibleSuspected, contradiction.Status);
        Assert.True(contradiction.Infeasible!.Shares[1] > 0.4 && contradiction.Infeasible.Shares[2] > 0.4);
        Assert.Equal(SaddleStatus.Converged, last.Status);
        Assert.Equal(first.Objective, last.Objective, 1e-8);
        Assert.True(last.Iterations <= 1);
    }

    [Fact]
    public void A_level_of_infinity_leaves_its_constraint_out()
    {
        var rows = ConstrainedProblems.Rows(500, 4, 12);
        var free = ConstrainedProblems.Unconstrained(rows);
        using var solver = new ConstrainedSolver(free with { LossConstraints = [ConstrainedProblems.Mean(rows, 1)] });
        Assert.True(solver.Solve([0.2], 1e-9, 400).Multipliers[0] > 0);

        var solution = solver.Solve([double.PositiveInfinity], 1e-9, 400);

        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.Equal(0, solution.Multipliers[0]);
        double[] expected = LogisticNewton.Solve(rows, free.ObjectiveWeights, free.L2);
        Assert.All(expected.Zip([.. solution.Weights, solution.Bias]), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Theory]
    [InlineData(0.5)]
    [InlineData(-1)]
    public void One_row_without_features_that_differ_ends_with_a_status(double level)
    {
        var problem = new ConstrainedProblem(TrainingRows.Dense([0f, 3f], 2, [1f]), [1.0], 1e-2, false, [new([0], [1.0])], []);
        using var solver = new ConstrainedSolver(problem);

        var solution = solver.Solve([level], 1e-6, 300);

        Assert.Equal(level < 0, solution.Status == SaddleStatus.InfeasibleSuspected);
        Assert.All(solution.Weights, weight => Assert.True(double.IsFinite(weight)));
    }

    [Fact]
    public void Rows_that_all_weigh_nothing_leave_weights_at_zero()
    {
        var rows = ConstrainedProblems.Rows(50, 3, 13);
        using var solver = new ConstrainedSolver(new ConstrainedProblem(rows, new double[50], 1e-2, false, [], []));

        var solution = solver.Solve([], 1e-6, 100);

        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.All(solution.Weights, weight => Assert.Equal(0, weight));
    }

    [Fact]
    public void Levels_that_are_no_numbers_or_too_few_are_refused()
    {
        using var solver = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(50, 3, 14)));

        Assert.Contains("1 constraints need as many levels", Assert.Throws<ArgumentException>(() => solver.Solve([], 1e-6, 10)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => solver.Solve([double.NaN], 1e-6, 10));
    }
}
