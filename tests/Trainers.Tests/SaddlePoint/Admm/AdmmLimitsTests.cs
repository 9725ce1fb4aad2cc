// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

/// <summary>Programs that are not convex, too large, or of numbers that are.</summary>
public sealed class AdmmLimitsTests
{
    private const int TooMany = 46_341;

    // Rows and their penalty would make the factored matrix positive definite, large costs would hide P.
    [Theory]
    [InlineData(1, 0, -1e-3, 0)]
    [InlineData(1, 0, -1, 1e12)]
    [InlineData(1e-12, 0, -1e-12, 0)]
    [InlineData(1e12, 0, -1, 0)]
    [InlineData(1, 1.001, 1, 0)]
    [InlineData(1e-10, 1.001e-5, 1, 0)]
    [InlineData(0, 1e-3, 1, 0)]
    [InlineData(0, 1e-9, 0, 1)]
    public void A_program_that_is_not_convex_is_refused(double first, double mixed, double second, double cost) =>
        Assert.Contains("not convex", Assert.Throws<ArgumentException>(() => AdmmSolver.Solve(Boxed(first, mixed, second, cost))).Message, StringComparison.Ordinal);

    [Theory]
    [InlineData(1, 0, 0)]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 1)]
    [InlineData(1e-12, 1e-12, 1e-12)]
    [InlineData(1e12, 1e12, 1e12)]
    [InlineData(1e-20, 1e-10, 1)]
    [InlineData(1, 0, -1e-17)]
    public void A_program_whose_curvature_is_nowhere_negative_but_for_rounding_is_accepted(double first, double mixed, double second) =>
        Assert.Equal(SaddleStatus.Budget, AdmmSolver.Solve(Boxed(first, mixed, second, 1), new AdmmOptions { MaxIterations = 2 }).Status);

    [Fact]
    public void Random_matrices_of_any_rank_and_size_are_accepted_and_refused_once_turned_over()
    {
        for (int seed = 0; seed < 30; seed++)
        {
            const int size = 12;
            Random random = new(seed);
            double[,] root = RandomPrograms.Matrix(random, size, 1 + (seed % size)), matrix = new double[size, size];
            double[] units = [.. RandomPrograms.Numbers(random, size).Select(value => Math.Pow(10, 2 * value))];
            for (int i = 0; i < size; i++)
            {
                for (int j = 0; j < size; j++)
                {
                    for (int k = 0; k < root.GetLength(1); k++)
                    {
                        matrix[i, j] += units[i] * root[i, k] * root[j, k] * units[j];
                    }
                }
            }

            Assert.NotEqual(SaddleStatus.NonFinite, Solve().Status);
            matrix[seed % size, seed % size] *= -1;
            Assert.Throws<ArgumentException>(Solve);

            AdmmResult Solve() => AdmmSolver.Solve(
                new QuadraticProgram(SparseMatrix.FromDense(matrix), new double[size], SparseMatrix.FromEntries(0, size, []), [], []), new AdmmOptions { MaxIterations = 1 });
        }
    }

    [Fact]
    public void Programs_without_mixed_curvature_are_not_factored_to_see_that_they_are_convex()
    {
        const int size = 400;
        QuadraticProgram program = new(SparseMatrix.FromEntries(size, size, Enumerable.Range(0, size).Select(i => (i, i, 1.0))), new double[size], SparseMatrix.FromEntries(0, size, []), [], []);
        long before = GC.GetAllocatedBytesForCurrentThread();

        AdmmSolver.Solve(program, new AdmmOptions { MaxIterations = 1 });

        // One matrix is that of the steps.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, size * size * 8L, size * size * 12L);
    }

    [Theory]
    [InlineData(1, 1e200)]
    [InlineData(1e200, 1)]
    [InlineData(1e-300, 1e300)]
    public void Values_too_large_for_arithmetic_end_it(double curvature, double row)
    {
        foreach (int rounds in new[] { 0, 10 })
        {
            QuadraticProgram program = new(SparseMatrix.FromEntries(1, 1, [(0, 0, curvature)]), [1], SparseMatrix.FromDense(new double[,] { { row } }), [-1], [1]);

            AdmmResult result = AdmmSolver.Solve(program, new AdmmOptions { MaxIterations = 200, ScalingRounds = rounds });

            Assert.True(result.Status != SaddleStatus.Converged || Math.Abs(result.Primal[0]) * Math.Max(1, row) <= 1 + 1e-9, $"{result.Status} at {result.Primal[0]}");
        }
        Assert.Equal(SaddleStatus.NonFinite, LassoSolver.Solve(new LassoProblem(SparseMatrix.FromDense(new double[,] { { 1e200 } }), [1], 1)).Status);
    }

    [Fact]
    public void A_bound_that_is_too_large_in_other_units_ends_it()
    {
        QuadraticProgram program = new(SparseMatrix.FromEntries(1, 1, []), [1], SparseMatrix.FromDense(new double[,] { { 1e-3 } }), [1e307], [double.PositiveInfinity]);

        Assert.Equal(SaddleStatus.NonFinite, AdmmSolver.Solve(program).Status);
    }

    [Fact]
    public void A_penalty_with_which_there_are_no_factors_is_not_taken()
    {
        QuadraticProgram program = new(SparseMatrix.FromEntries(1, 1, []), [1], SparseMatrix.FromDense(new double[,] { { 1e152 } }), [-1], [1]);
        AdmmMap map = new(new ScaledProgram(program, rounds: 0), new AdmmOptions());
        double[] point = [1, 2], image = new double[2];

        Assert.False(map.ChangeRho(1e6, point));

        Assert.Equal((0.1, 1, 2), (map.Rho, point[0], point[1]));
        map.Apply(point, image);
        Assert.All(image, value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void Programs_too_large_for_a_dense_matrix_are_refused()
    {
        QuadraticProgram program = new(SparseMatrix.FromEntries(TooMany, TooMany, []), new double[TooMany], SparseMatrix.FromEntries(0, TooMany, []), [], []);
        LassoProblem lasso = new(SparseMatrix.FromEntries(TooMany, TooMany, []), new double[TooMany], 1);

        Assert.Contains("46340", Assert.Throws<ArgumentException>(() => AdmmSolver.Solve(program)).Message, StringComparison.Ordinal);
        Assert.Contains("46340", Assert.Throws<ArgumentException>(() => LassoSolver.Solve(lasso)).Message, StringComparison.Ordinal);
    }

    private static QuadraticProgram Boxed(double first, double mixed, double second, double cost) => new(
        SparseMatrix.FromDense(new double[,] { { first, mixed }, { mixed, second } }), [cost, 0], SparseMatrix.FromDense(new double[,] { { 1, 0 }, { 0, 1 } }), [-1, -1], [1, 1]);
}
