// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

public sealed class AdmmSolverTests
{
    private static readonly QuadraticProgram Example = new(
        SparseMatrix.FromDense(new double[,] { { 2, 0 }, { 0, 2 } }), [-2, -4],
        SparseMatrix.FromDense(new double[,] { { 1, 1 }, { 1, 0 } }), [1, 0.25], [1, double.PositiveInfinity], constant: 5);

    public static TheoryData<AdmmOptions> Methods => new(
        new AdmmOptions { Memory = 0 }, new AdmmOptions { Memory = 5 }, new AdmmOptions(), new AdmmOptions { SplitDisplacement = true }, new AdmmOptions { ScalingRounds = 0 },
        new AdmmOptions { RhoInterval = 10, RhoTolerance = 1 }, new AdmmOptions { RhoInterval = 0, Relaxation = 1 });

    [Theory]
    [MemberData(nameof(Methods))]
    public void The_documented_example_is_solved(AdmmOptions options)
    {
        AdmmResult result = AdmmSolver.Solve(Example, options);

        Assert.Equal(SaddleStatus.Converged, result.Status);
        AssertNear([0.25, 0.75], result.Primal, 1e-7);
        AssertNear([2.5, -1], result.Dual, 1e-6);
        Assert.Equal((0.75 * 0.75) + (1.25 * 1.25), result.Objective, 7);
        Assert.Null(result.Certificate);
    }

    // Every set of active rows is tried: no step of the method is shared.
    [Theory]
    [MemberData(nameof(Methods))]
    public void Solutions_are_those_of_brute_force(AdmmOptions options)
    {
        for (int seed = 0; seed < 12; seed++)
        {
            QuadraticProgram program = RandomPrograms.Draw(seed, variables: 4, rows: 6, scale: seed % 3 == 0 ? 1e3 : 1);
            (double[] primal, double objective) = BruteForceProgram.Solve(program);

            AdmmResult result = AdmmSolver.Solve(program, options with { MaxIterations = 100_000 });

            Assert.Equal(SaddleStatus.Converged, result.Status);
            AssertNear(primal, result.Primal, 1e-5);
            Assert.InRange(result.Objective, objective - 1e-6, objective + 1e-6);
        }
    }

    [Fact]
    public void The_solution_satisfies_the_conditions_of_optimality()
    {
        QuadraticProgram program = RandomPrograms.Draw(seed: 5, variables: 60, rows: 90, scale: 100);

        AdmmResult result = AdmmSolver.Solve(program);

        Assert.Equal(SaddleStatus.Converged, result.Status);
        double[] x = [.. result.Primal], y = [.. result.Dual], hessian = new double[60], transposed = new double[60], rows = new double[90];
        program.Hessian.Multiply(x, hessian);
        program.Constraints.MultiplyTransposed(y, transposed);
        program.Constraints.Multiply(x, rows);
        for (int i = 0; i < 60; i++)
        {
            Assert.Equal(0, hessian[i] + program.Linear[i] + transposed[i], 1e-5);
        }
        for (int i = 0; i < 90; i++)
        {
            Assert.InRange(rows[i], program.Lower[i] - 1e-5, program.Upper[i] + 1e-5);
            // A multiplier belongs to the bound that is met.
            Assert.True(y[i] == 0 || Math.Abs(rows[i] - (y[i] > 0 ? program.Upper[i] : program.Lower[i])) < 1e-5, $"Row {i}: {y[i]} at {rows[i]}");
        }
    }

    [Fact]
    public void Acceleration_takes_fewer_steps()
    {
        int plain = 0, accelerated = 0;
        for (int seed = 0; seed < 10; seed++)
        {
            QuadraticProgram program = RandomPrograms.Draw(seed, variables: 30, rows: 40, scale: 10);
            plain += AdmmSolver.Solve(program, new AdmmOptions { Memory = 0, CheckEvery = 1 }).Iterations;
            accelerated += AdmmSolver.Solve(program, new AdmmOptions { CheckEvery = 1 }).Iterations;
        }

        Assert.True(accelerated < 0.6 * plain, $"{accelerated} of {plain} steps");
    }

    [Fact]
    public void A_linear_program_is_solved()
    {
        // maximise x + 2y subject to x + y <= 4, x + 3y <= 6, x, y >= 0: at (3, 1).
        QuadraticProgram program = new(
            SparseMatrix.FromEntries(2, 2, []), [-1, -2], SparseMatrix.FromDense(new double[,] { { 1, 1 }, { 1, 3 }, { 1, 0 }, { 0, 1 } }),
            [double.NegativeInfinity, double.NegativeInfinity, 0, 0], [4, 6, double.PositiveInfinity, double.PositiveInfinity]);

        AdmmResult result = AdmmSolver.Solve(program);

        AssertNear([3, 1], result.Primal, 1e-6);
        AssertNear([0.5, 0.5, 0, 0], result.Dual, 1e-6);
    }

    [Fact]
    public void A_program_without_rows_is_a_system_of_equations()
    {
        QuadraticProgram program = new(SparseMatrix.FromDense(new double[,] { { 2, 1 }, { 1, 3 } }), [-3, -4], SparseMatrix.FromEntries(0, 2, []), [], []);

        AssertNear([1, 1], AdmmSolver.Solve(program).Primal, 1e-7);
    }

    [Fact]
    public void The_solution_as_a_start_leaves_nothing_to_do()
    {
        QuadraticProgram program = RandomPrograms.Draw(seed: 3, variables: 20, rows: 30);
        AdmmResult first = AdmmSolver.Solve(program, new AdmmOptions { AbsoluteTolerance = 1e-12, RelativeTolerance = 1e-12 });

        AdmmResult second = AdmmSolver.Solve(program, new AdmmOptions { StartPrimal = first.Primal, StartDual = first.Dual });

        Assert.Equal((SaddleStatus.Converged, 1), (second.Status, second.Iterations));
    }

    [Fact]
    public void The_same_program_gives_the_same_bits()
    {
        QuadraticProgram program = RandomPrograms.Draw(seed: 8, variables: 40, rows: 60, scale: 1e3);

        AdmmResult first = AdmmSolver.Solve(program), second = AdmmSolver.Solve(program);

        Assert.Equal(first.Primal, second.Primal);
        Assert.Equal(first.Dual, second.Dual);
        Assert.Equal(first.Iterations, second.Iterations);
    }

    [Fact]
    public void The_budget_ends_it_and_what_was_reached_is_told()
    {
        QuadraticProgram program = RandomPrograms.Draw(seed: 8, variables: 40, rows: 60, scale: 1e3);
        Reports reports = new();

        AdmmResult result = AdmmSolver.Solve(program, new AdmmOptions { MaxIterations = 30, CheckEvery = 10, Progress = reports });

        Assert.Equal(SaddleStatus.Budget, result.Status);
        Assert.InRange(result.Iterations, 30, 31);
        Assert.True(result.PrimalResidual + result.DualResidual > 1e-6);
        Assert.True(reports.Seen.Count >= 3);
        Assert.Equal(result.Iterations, reports.Seen[^1].Iteration);
        Assert.Equal(result.PrimalResidual, reports.Seen[^1].PrimalResidual);
    }

    [Fact]
    public void A_cancelled_solve_has_the_point_that_it_reached()
    {
        using CancellationTokenSource source = new();
        source.Cancel();

        AdmmResult result = AdmmSolver.Solve(RandomPrograms.Draw(seed: 8, variables: 40, rows: 60), new AdmmOptions { CancellationToken = source.Token });

        Assert.Equal(SaddleStatus.Cancelled, result.Status);
        Assert.Equal(40, result.Primal.Count);
    }

    [Fact]
    public void Starts_must_fit()
    {
        Assert.Contains("start of x must be 2", Assert.Throws<ArgumentException>(() => AdmmSolver.Solve(Example, new AdmmOptions { StartPrimal = [1] })).Message, StringComparison.Ordinal);
        Assert.Contains("start of y must be 2", Assert.Throws<ArgumentException>(() => AdmmSolver.Solve(Example, new AdmmOptions { StartDual = [1, double.NaN] })).Message, StringComparison.Ordinal);
    }

    private static void AssertNear(double[] expected, IReadOnlyList<double> actual, double tolerance)
    {
        Assert.Equal(expected.Length, actual.Count);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], actual[i], tolerance);
        }
    }

    private sealed class Reports : IProgress<AdmmProgress>
    {
        public List<AdmmProgress> Seen { get; } = [];

        public void Report(AdmmProgress value) => Seen.Add(value);
    }
}
