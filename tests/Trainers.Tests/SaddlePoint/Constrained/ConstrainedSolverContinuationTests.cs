// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

public class ConstrainedSolverContinuationTests
{
    private static ConstrainedProblem Problem => ConstrainedProblems.NeymanPearson(ConstrainedProblems.Mixed(ConstrainedProblems.Rows(3000, 30, 21)), 1e-4);

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        using var one = new ConstrainedSolver(Problem);
        using var three = new ConstrainedSolver(Problem, threads: 3);

        AssertSame(one.Solve([0.3], 1e-8, 200), three.Solve([0.3], 1e-8, 200));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(9)]
    [InlineData(20)]
    public void Going_on_after_some_passes_is_the_same_as_not_having_stopped(int passes)
    {
        using var whole = new ConstrainedSolver(Problem, refreshEvery: 4);
        using var halves = new ConstrainedSolver(Problem, refreshEvery: 4);

        var stopped = halves.Solve([0.3], 1e-9, passes);
        var rest = halves.Solve([0.3], 1e-9, 400);
        var expected = whole.Solve([0.3], 1e-9, 400);

        Assert.Equal(SaddleStatus.Budget, stopped.Status);
        AssertSame(expected, rest);
        Assert.Equal(expected.Passes, stopped.Passes + rest.Passes);
        Assert.Equal(expected.Iterations, stopped.Iterations + rest.Iterations);
    }

    [Fact]
    public void From_its_own_solution_nothing_is_left_to_do()
    {
        using var solver = new ConstrainedSolver(Problem);
        var first = solver.Solve([0.3], 1e-7, 400);

        var again = solver.Solve([0.3], 1e-7, 400);

        Assert.Equal((0, 0), (again.Iterations, again.Passes));
        AssertSame(first, again);
        using var other = new ConstrainedSolver(Problem);
        other.Start(first.Weights, first.Bias, first.Worst, first.Multipliers);
        Assert.Equal(0, other.Solve([0.3], 1e-7, 400).Iterations);
    }

    [Fact]
    public void From_the_solution_at_another_level_few_passes_are_needed()
    {
        using var solver = new ConstrainedSolver(Problem);
        int first = solver.Solve([0.30], 1e-6, 400).Passes;

        var second = solver.Solve([0.29], 1e-6, 400);

        Assert.Equal(SaddleStatus.Converged, second.Status);
        Assert.True(second.Passes <= first * 2 / 3, $"{second.Passes} passes after {first}.");
    }

    [Fact]
    public void The_residual_is_what_fresh_scores_and_gradients_say()
    {
        var problem = Problem;
        using var solver = new ConstrainedSolver(problem);
        var solution = solver.Solve([0.3], 1e-7, 400);
        using var other = new ConstrainedSolver(problem);
        other.Start(solution.Weights, solution.Bias, 0, solution.Multipliers);

        Assert.Equal(other.Solve([0.3], 1e-7, 400).Residual, solution.Residual, 1e-12);
        float[] values = new float[30];
        double[] scores = [.. Enumerable.Range(0, 3000).Select(row =>
        {
            problem.Rows.CopyFeatures(row, values);
            return solution.Bias + values.Zip(solution.Weights, (value, weight) => value * weight).Sum();
        })];
        Assert.All(scores.Zip(solver.Scores.ToArray()), pair => Assert.Equal(pair.First, pair.Second, 1e-11));
    }

    [Fact]
    public void Cancelling_throws_and_the_solver_goes_on_later()
    {
        using var solver = new ConstrainedSolver(Problem);
        using var whole = new ConstrainedSolver(Problem);
        using var source = new CancellationTokenSource();
        var progress = new Recorder(report =>
        {
            if (report.Iteration == 5)
            {
                source.Cancel();
            }
        });

        Assert.Throws<OperationCanceledException>(() => solver.Solve([0.3], 1e-9, 400, progress, source.Token));

        Assert.Equal(5, progress.Reports[^1].Iteration);
        Assert.True(progress.Reports[^1].Residual < progress.Reports[0].Residual && progress.Reports[^1].Passes > progress.Reports[0].Passes);
        AssertSame(whole.Solve([0.3], 1e-9, 400), solver.Solve([0.3], 1e-9, 400));
    }

    private static void AssertSame(ConstrainedSolution expected, ConstrainedSolution actual)
    {
        Assert.Equal(expected.Status, actual.Status);
        Assert.Equal(expected.Weights, actual.Weights);
        Assert.Equal((expected.Bias, expected.Objective, expected.Residual), (actual.Bias, actual.Objective, actual.Residual));
        Assert.Equal(expected.Multipliers, actual.Multipliers);
    }

    private sealed class Recorder(Action<ConstrainedSolverProgress> action) : IProgress<ConstrainedSolverProgress>
    {
        public List<ConstrainedSolverProgress> Reports { get; } = [];

        public void Report(ConstrainedSolverProgress value)
        {
            Reports.Add(value);
            action(value);
        }
    }
}
