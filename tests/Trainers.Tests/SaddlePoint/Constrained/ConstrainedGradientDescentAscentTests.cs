// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

public class ConstrainedGradientDescentAscentTests
{
    [Fact]
    public void It_ends_at_the_solution_of_the_solver_after_more_passes()
    {
        var problem = ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(600, 8, 2), 1e-2);
        problem = problem with { LinearConstraints = [new([1, 0, 0, 0, 0, 0, 0, 0], 0.1)] };
        double[] levels = [0.4, 0.3];
        using var solver = new ConstrainedSolver(problem);

        var solution = ConstrainedGradientDescentAscent.Solve(problem, levels, 0.5, 1e-6, 5000);

        var expected = solver.Solve(levels, 1e-6, 400);
        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.Equal(expected.Objective, solution.Objective, 1e-5);
        Assert.All(expected.Multipliers.Zip(solution.Multipliers), pair => Assert.Equal(pair.First, pair.Second, 1e-4));
        Assert.True(expected.Multipliers.All(multiplier => multiplier > 0));
        Assert.True(solution.Passes > 3 * expected.Passes, $"{solution.Passes} passes, {expected.Passes} of the solver.");
    }

    [Fact]
    public void Steps_that_are_too_long_end_with_a_status()
    {
        var problem = ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(200, 8, 2), 1e-2);

        Assert.NotEqual(SaddleStatus.Converged, ConstrainedGradientDescentAscent.Solve(problem, [0.4], 1e6, 1e-6, 200).Status);
    }
}
