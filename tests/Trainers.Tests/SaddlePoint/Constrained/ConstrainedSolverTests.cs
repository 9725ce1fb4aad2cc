// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

public class ConstrainedSolverTests
{
    [Fact]
    public void Without_constraints_it_is_logistic_regression()
    {
        var problem = ConstrainedProblems.Unconstrained(ConstrainedProblems.Rows(600, 8, 1));

        var solution = Solve(problem, []);

        AssertClose(LogisticNewton.Solve(problem.Rows, problem.ObjectiveWeights, problem.L2), solution, 1e-7);
    }

    [Fact]
    public void A_constraint_that_is_met_anyway_has_no_multiplier_and_changes_nothing()
    {
        var rows = ConstrainedProblems.Rows(600, 8, 1);
        var free = ConstrainedProblems.Unconstrained(rows);
        var problem = free with { LossConstraints = [ConstrainedProblems.Mean(rows, 1)] };

        var solution = Solve(problem, [0.9]);

        Assert.Equal(0, solution.Multipliers[0]);
        Assert.True(solution.Values[0] < 0);
        AssertClose(LogisticNewton.Solve(rows, free.ObjectiveWeights, free.L2), solution, 1e-7);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.15)]
    public void An_active_constraint_is_met_exactly_and_weights_are_those_of_rows_weighted_by_its_multiplier(double level)
    {
        var problem = ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(600, 8, 2));

        var solution = Solve(problem, [level]);

        Assert.True(solution.Multipliers[0] > 0);
        Assert.Equal(0, solution.Values[0], 1e-8);
        double[] weights = [.. problem.ObjectiveWeights];
        var constraint = problem.LossConstraints[0];
        for (int i = 0; i < constraint.Rows.Length; i++)
        {
            weights[constraint.Rows[i]] += solution.Multipliers[0] * constraint.Weights[i];
        }
        AssertClose(LogisticNewton.Solve(problem.Rows, weights, problem.L2), solution, 1e-6);
    }

    [Fact]
    public void The_tighter_the_level_the_larger_the_multiplier_and_the_objective()
    {
        using var solver = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(600, 8, 3)));

        ConstrainedSolution[] solutions = [.. new[] { 0.6, 0.5, 0.4, 0.3, 0.2, 0.1 }.Select(level => solver.Solve([level], 1e-8, 400))];

        Assert.All(solutions, solution => Assert.Equal(SaddleStatus.Converged, solution.Status));
        Assert.All(solutions.Zip(solutions[1..]), pair => Assert.True(pair.First.Multipliers[0] < pair.Second.Multipliers[0] && pair.First.Objective < pair.Second.Objective));
    }

    [Fact]
    public void Several_constraints_on_losses_and_weights_agree_with_an_interior_point_method()
    {
        var rows = ConstrainedProblems.Rows(400, 3, 4);
        LinearConstraint[] linear = [new([1, 0.5, 0], 0), new([-1, -0.5, 0], 0), new([0, 0, 1], 0.5)];
        var problem = new ConstrainedProblem(
            rows, ConstrainedProblems.Unconstrained(rows).ObjectiveWeights, 1e-2, false, [ConstrainedProblems.Mean(rows, 1), ConstrainedProblems.Mean(rows, 0, row => row % 2 == 0)], linear);
        double[] levels = [0.62, 0.65, 0.2, 0.2, 0.05];

        var solution = Solve(problem, levels);

        var (point, objective) = new InteriorPoint(problem, levels).Solve();
        Assert.Equal(objective, solution.Objective, 1e-7);
        AssertClose(point[..4], solution, 1e-4);
        Assert.True(solution.Multipliers.Count(multiplier => multiplier > 1e-3) >= 2);
        Assert.All(solution.Values, value => Assert.True(value < 1e-8));
    }

    [Fact]
    public void The_worst_loss_of_groups_is_as_small_as_an_interior_point_method_finds_and_multipliers_are_shares()
    {
        var rows = ConstrainedProblems.Rows(400, 3, 5);
        float[] values = new float[3];
        int Group(int row)
        {
            rows.CopyFeatures(row, values);
            return values[0] > 0.5 ? 0 : row % 2 + 1;
        }

        LossConstraint[] groups = [.. Enumerable.Range(0, 3).Select(group => Merge(ConstrainedProblems.Mean(rows, 0, row => Group(row) == group), ConstrainedProblems.Mean(rows, 1, row => Group(row) == group)))];
        var problem = new ConstrainedProblem(rows, new double[400], 1e-3, true, groups, []);

        var solution = Solve(problem, [0, 0, 0]);

        var (point, objective) = new InteriorPoint(problem, [0, 0, 0]).Solve();
        Assert.Equal(objective, solution.Objective, 1e-7);
        Assert.Equal(point[4], solution.Worst, 1e-6);
        Assert.Equal(1, solution.Multipliers.Sum(), 1e-7);
        AssertClose(point[..4], solution, 1e-3);
    }

    [Fact]
    public void Fifty_constraints_are_met_at_once()
    {
        var rows = ConstrainedProblems.Rows(3000, 10, 6);
        LossConstraint[] groups = [.. Enumerable.Range(0, 50).Select(group => ConstrainedProblems.Mean(rows, 1, row => row % 50 == group))];
        var problem = ConstrainedProblems.NeymanPearson(rows) with { LossConstraints = groups };
        double[] levels = [.. Enumerable.Repeat(0.4, 50)];

        var solution = Solve(problem, levels);

        Assert.All(solution.Values, value => Assert.True(value < 1e-8));
        Assert.Contains(solution.Multipliers, multiplier => multiplier > 0);
        Assert.Contains(solution.Multipliers, multiplier => multiplier == 0);
        double[] weights = [.. problem.ObjectiveWeights];
        for (int k = 0; k < 50; k++)
        {
            foreach (int row in groups[k].Rows)
            {
                weights[row] += solution.Multipliers[k] * groups[k].Weights[0];
            }
        }
        AssertClose(LogisticNewton.Solve(rows, weights, problem.L2), solution, 1e-6);
    }

    private static ConstrainedSolution Solve(ConstrainedProblem problem, double[] levels)
    {
        using var solver = new ConstrainedSolver(problem);
        var solution = solver.Solve(levels, 1e-9, 400);
        Assert.Equal(SaddleStatus.Converged, solution.Status);
        return solution;
    }

    private static LossConstraint Merge(LossConstraint first, LossConstraint second)
    {
        int[] rows = [.. first.Rows.Concat(second.Rows).Order()];
        return new LossConstraint(rows, [.. Enumerable.Repeat(1.0 / rows.Length, rows.Length)], IsBelowWorst: true);
    }

    private static void AssertClose(double[] expected, ConstrainedSolution solution, double tolerance)
    {
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip([.. solution.Weights, solution.Bias]), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
    }
}
