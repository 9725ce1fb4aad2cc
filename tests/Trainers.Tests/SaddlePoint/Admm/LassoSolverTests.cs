// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

public sealed class LassoSolverTests
{
    [Fact]
    public void The_documented_example_is_solved()
    {
        LassoResult result = LassoSolver.Solve(new LassoProblem(SparseMatrix.FromDense(new double[,] { { 1, 0 }, { 0, 2 } }), [3, 1], penalty: 1));

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.Equal(2, result.Coefficients[0], 1e-6);
        Assert.Equal(0.25, result.Coefficients[1], 1e-6);
    }

    // Coordinate descent shares no step with the method; wide and tall data take different systems.
    [Theory]
    [InlineData(30, 60, 0)]
    [InlineData(30, 60, 10)]
    [InlineData(60, 30, 0)]
    [InlineData(60, 30, 10)]
    [InlineData(30, 30, 3)]
    public void Solutions_are_those_of_coordinate_descent(int rows, int columns, int memory)
    {
        foreach (double rho in new[] { 0.1, 1, 10 })
        {
            double[,] data = RandomPrograms.Matrix(new Random(7), rows, columns);
            LassoProblem problem = Problem(data, share: 0.1);
            double[] expected = CoordinateDescent(data, problem);

            LassoResult result = LassoSolver.Solve(problem, new LassoOptions { Rho = rho, Memory = memory, RelativeGap = 1e-12 });

            Assert.Equal(SaddleStatus.Converged, result.Status);
            Assert.All(expected.Zip(result.Coefficients), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
            Assert.Equal(expected.Count(value => value != 0), result.Coefficients.Count(value => value != 0));
        }
    }

    [Fact]
    public void The_gap_bounds_the_distance_from_the_least_objective()
    {
        LassoProblem problem = Problem(RandomPrograms.Matrix(new Random(9), 40, 80), share: 0.05);
        double least = LassoSolver.Solve(problem, new LassoOptions { RelativeGap = 1e-12 }).Objective;

        foreach (int steps in new[] { 1, 3, 10, 20 })
        {
            LassoResult result = LassoSolver.Solve(problem, new LassoOptions { MaxIterations = steps, Memory = 0 });
            Assert.Equal(SaddleStatus.Budget, result.Status);
            Assert.InRange(result.Objective - least, 0, result.DualityGap);
        }
    }

    [Fact]
    public void Acceleration_takes_a_third_of_the_steps_where_rho_is_too_small()
    {
        LassoProblem problem = Problem(RandomPrograms.Matrix(new Random(11), 50, 100), share: 0.1);
        LassoOptions options = new() { Rho = 0.1 };

        int plain = LassoSolver.Solve(problem, options with { Memory = 0 }).Iterations, split = LassoSolver.Solve(problem, options with { SplitDisplacement = true }).Iterations;
        int accelerated = LassoSolver.Solve(problem, options).Iterations;

        Assert.True(3 * accelerated < plain && 2 * split < plain, $"{accelerated}, split {split}, of {plain} steps");
    }

    [Fact]
    public void A_penalty_that_is_large_enough_leaves_nothing()
    {
        LassoProblem problem = Problem(RandomPrograms.Matrix(new Random(7), 20, 30), share: 1.001);

        Assert.All(LassoSolver.Solve(problem).Coefficients, value => Assert.Equal(0, value));
        Assert.Equal(SaddleStatus.Converged, LassoSolver.Solve(new LassoProblem(problem.Data, new double[20], 1)).Status);
    }

    [Fact]
    public void A_cancelled_solve_ends_and_progress_is_told()
    {
        using CancellationTokenSource source = new();
        Reports reports = new(source);

        LassoResult result = LassoSolver.Solve(
            Problem(RandomPrograms.Matrix(new Random(7), 20, 30), share: 0.1), new LassoOptions { Progress = reports, CancellationToken = source.Token, RelativeGap = 0 });

        Assert.Equal(SaddleStatus.Cancelled, result.Status);
        Assert.Equal(3, reports.Count);
    }

    [Fact]
    public void Problems_must_be_whole()
    {
        SparseMatrix data = SparseMatrix.FromDense(new double[,] { { 1, 2 } });
        Assert.Throws<ArgumentException>(() => new LassoProblem(data, [1, 2], 1));
        Assert.Throws<ArgumentException>(() => new LassoProblem(SparseMatrix.FromEntries(0, 2, []), [], 1));
        Assert.Contains("b holds NaN at 0", Assert.Throws<ArgumentException>(() => new LassoProblem(data, [double.NaN], 1)).Message, StringComparison.Ordinal);
        Assert.Contains("penalty is 0", Assert.Throws<ArgumentException>(() => new LassoProblem(data, [1], 0)).Message, StringComparison.Ordinal);
    }

    private static LassoProblem Problem(double[,] data, double share)
    {
        SparseMatrix matrix = SparseMatrix.FromDense(data);
        double[] truth = [.. Enumerable.Range(0, matrix.Columns).Select(i => i % 7 == 0 ? 1 + (i % 3) : 0.0)], targets = new double[matrix.Rows], correlation = new double[matrix.Columns];
        matrix.Multiply(truth, targets);
        matrix.MultiplyTransposed(targets, correlation);
        return new LassoProblem(matrix, targets, share * correlation.Max(Math.Abs));
    }

    private static double[] CoordinateDescent(double[,] data, LassoProblem problem)
    {
        int rows = data.GetLength(0), columns = data.GetLength(1);
        double[] x = new double[columns], residual = [.. problem.Targets];
        double change = 1;
        while (change > 1e-13)
        {
            change = 0;
            for (int j = 0; j < columns; j++)
            {
                double square = 0, product = 0;
                for (int i = 0; i < rows; i++)
                {
                    square += data[i, j] * data[i, j];
                    product += data[i, j] * residual[i];
                }
                double whole = product + (square * x[j]), next = Math.Sign(whole) * Math.Max(Math.Abs(whole) - problem.Penalty, 0) / square;
                for (int i = 0; i < rows; i++)
                {
                    residual[i] -= data[i, j] * (next - x[j]);
                }
                change = Math.Max(change, Math.Abs(next - x[j]));
                x[j] = next;
            }
        }
        return x;
    }

    private sealed class Reports(CancellationTokenSource source) : IProgress<(int Iteration, double RelativeGap)>
    {
        public int Count { get; private set; }

        public void Report((int Iteration, double RelativeGap) value)
        {
            if (++Count == 3)
            {
                source.Cancel();
            }
        }
    }
}
