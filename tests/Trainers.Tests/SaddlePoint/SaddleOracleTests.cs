// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>Solutions against elimination of the whole system.</summary>
public sealed class SaddleOracleTests
{
    public static TheoryData<string, int, int, double, double, double> Saddles { get; } = new()
    {
        { "game", 40, 40, 20, 0, 0 },
        { "well conditioned", 40, 40, 10, 1e-2, 1 },
        { "more primal", 50, 20, 30, 1e-2, 1 },
        { "more dual", 20, 50, 30, 1e-2, 1 },
        { "weak curvature", 40, 40, 30, 1e-4, 1e-1 },
    };

    [Theory]
    [MemberData(nameof(Saddles))]
    public void The_saddle_is_that_of_elimination(string name, int n, int m, double condition, double low, double high)
    {
        _ = name;
        Random random = new(7);
        Matrix<double> a = SaddleExamples.Coupling(n, m, condition, random);
        bool isGame = high == 0;
        Matrix<double> h = isGame ? Matrix<double>.Build.Dense(n, n) : SaddleExamples.Symmetric(n, low, high, random);
        Matrix<double> g = isGame ? Matrix<double>.Build.Dense(m, m) : SaddleExamples.Symmetric(m, low, high, random);
        double[] b = SaddleExamples.Vector(n, random), c = SaddleExamples.Vector(m, random);
        QuadraticSaddle dense = new(h.ToArray(), a.ToArray(), g.ToArray(), b, c);
        double[] expected = Eliminate(h, a, g, b, c);

        Verify(expected, SaddleSolver.Solve(dense, new() { RelativeTolerance = 1e-11 }));
        Verify(expected, SaddleSolver.Solve(dense, new() { RelativeTolerance = 1e-11, MaxBundles = 100_000, Method = new SequentialSubspace { ConjugateDirections = false } }));

        QuadraticSaddle sparse = new(SparseMatrix.FromDense(h.ToArray()), SparseMatrix.FromDense(a.ToArray()), SparseMatrix.FromDense(g.ToArray()), b, c);
        Verify(expected, SaddleSolver.Solve(sparse, new() { RelativeTolerance = 1e-11 }));
    }

    [Fact]
    public void A_quadratic_program_with_equality_constraints_is_a_saddle_without_dual_curvature()
    {
        // min ½ x'Hx + b'x subject to A'x + c = 0, with an H that is singular outside of the constraints' null space.
        Random random = new(8);
        const int n = 30, m = 12;
        Matrix<double> root = Matrix<double>.Build.Dense(n, n - 6, (_, _) => SaddleExamples.Normal(random));
        Matrix<double> h = root.TransposeAndMultiply(root) / n, a = SaddleExamples.Coupling(n, m, 5, random);
        double[] b = SaddleExamples.Vector(n, random), c = SaddleExamples.Vector(m, random);
        SaddleResult result = SaddleSolver.Solve(new QuadraticSaddle(h.ToArray(), a.ToArray(), null, b, c), new() { RelativeTolerance = 1e-11 });

        Verify(Eliminate(h, a, Matrix<double>.Build.Dense(m, m), b, c), result);
        Vector<double> violation = a.TransposeThisAndMultiply(Vector<double>.Build.Dense([.. result.Primal])) + Vector<double>.Build.Dense(c);
        Assert.InRange(violation.L2Norm(), 0, 1e-8);
    }

    [Theory]
    [InlineData(60, 30)]
    [InlineData(30, 60)]
    public void A_game_that_is_not_square_is_solved_where_it_has_saddles(int n, int m)
    {
        Random random = new(9);
        BilinearSaddle game = SaddleExamples.Bilinear(n, m, 20, random, isConsistent: true);
        SaddleResult result = SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(n + m, random) });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Bundles, 1, 300);
    }

    [Theory]
    [InlineData(1e6)]
    [InlineData(1e8)]
    public void Bad_conditions_are_not_taken_for_infeasibility(double condition)
    {
        Random random = new(10);
        BilinearSaddle game = SaddleExamples.Bilinear(8, 8, condition, random);
        SaddleResult result = SaddleSolver.Solve(game, new() { RelativeTolerance = 1e-6, MaxBundles = 5000 });

        Assert.NotEqual(SaddleStatus.InfeasibleSuspected, result.Status);
        Assert.InRange(result.RelativeResidual, 0, 0.5);
    }

    [Fact]
    public void A_solution_that_is_far_away_is_not_taken_for_none()
    {
        // x₁ y₁ + 1e-10 x₂ y₂ + x₂: y₂ = -1e10.
        SaddleResult result = SaddleSolver.Solve(new BilinearSaddle(new double[,] { { 1, 0 }, { 0, 1e-10 } }, [0, 1]));

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.Equal(-1, result.Dual[1] / 1e10, 1e-7);
    }

    private static double[] Eliminate(Matrix<double> h, Matrix<double> a, Matrix<double> g, double[] b, double[] c)
    {
        Matrix<double> system = Matrix<double>.Build.DenseOfMatrixArray(new[,] { { h, a }, { -a.Transpose(), g } });
        return system.Solve(Vector<double>.Build.Dense([.. b.Select(value => -value), .. c])).ToArray();
    }

    private static void Verify(double[] expected, SaddleResult result)
    {
        Assert.Equal(SaddleStatus.Converged, result.Status);
        double[] difference = [.. result.Primal.Concat(result.Dual).Zip(expected, (found, wanted) => found - wanted)];
        Assert.InRange(Norm(difference) / Norm(expected), 0, 1e-7);
    }

    private static double Norm(double[] values) => Math.Sqrt(values.Sum(value => value * value));
}
