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
        var rows = ConstrainedProblems.Rows(600, 8, 1);
        var problem = ConstrainedProblems.Unconstrained(rows);
        using var solver = new ConstrainedSolver(problem);

        var solution = solver.Solve([], 1e-9, 400);

        double[] expected = LogisticNewton.Solve(rows, problem.ObjectiveWeights, problem.L2);
        Assert.Equal(SaddleStatus.Converged, solution.Status);
        AssertClose(expected, [.. solution.Weights, solution.Bias], 1e-7);
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(0.15)]
    public void An_active_constraint_is_met_exactly_and_weights_are_those_of_rows_weighted_by_its_multiplier(double level)
    {
        var rows = ConstrainedProblems.Rows(600, 8, 2);
        var problem = ConstrainedProblems.NeymanPearson(rows);
        using var solver = new ConstrainedSolver(problem);

        var solution = solver.Solve([level], 1e-9, 400);

        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.True(solution.Multipliers[0] > 0);
        Assert.Equal(0, solution.Values[0], 1e-8);
        double[] weights = [.. problem.ObjectiveWeights];
        var constraint = problem.LossConstraints[0];
        for (int i = 0; i < constraint.Rows.Length; i++)
        {
            weights[constraint.Rows[i]] += solution.Multipliers[0] * constraint.Weights[i];
        }
        AssertClose(LogisticNewton.Solve(rows, weights, problem.L2), [.. solution.Weights, solution.Bias], 1e-6);
    }

    private static void AssertClose(double[] expected, double[] actual, double tolerance)
    {
        double scale = expected.Max(Math.Abs);
        Assert.All(expected.Zip(actual), pair => Assert.Equal(pair.First, pair.Second, tolerance * scale));
    }
}
