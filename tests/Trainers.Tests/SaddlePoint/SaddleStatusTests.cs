// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

public sealed class SaddleStatusTests
{
    [Fact]
    public void A_game_without_saddles_is_found_out_with_a_proof()
    {
        Random random = new(11);
        Matrix<double> a = SaddleExamples.Coupling(40, 25, 10, random);
        Vector<double> b = Vector<double>.Build.Dense(SaddleExamples.Vector(40, random)), c = Vector<double>.Build.Dense(SaddleExamples.Vector(25, random));
        SaddleResult result = SaddleSolver.Solve(new BilinearSaddle(a.ToArray(), b.ToArray(), c.ToArray()));

        Assert.Equal(SaddleStatus.InfeasibleSuspected, result.Status);
        InfeasibilityCertificate certificate = Assert.IsType<InfeasibilityCertificate>(result.Certificate);
        Vector<double> r = Vector<double>.Build.Dense([.. certificate.Direction]), x = r.SubVector(0, 40), y = r.SubVector(40, 25);

        // K'r = 0 and r'k > 0: no z makes K z + k zero, and none comes closer than r'k.
        Assert.InRange((a.TransposeThisAndMultiply(x)).L2Norm() + (a * y).L2Norm(), 0, 1e-8);
        Assert.Equal(certificate.FieldNorm, (x * b) - (y * c), 1e-6);
        double distance = (b - (a * a.Solve(b))).L2Norm();
        Assert.Equal(distance, certificate.FieldNorm, 1e-6 * distance);
        Assert.InRange(result.Bundles, 1, 500);
    }

    [Fact]
    public void A_quadratic_saddle_that_is_unbounded_is_found_out()
    {
        // x₂ has no curvature, no coupling, and a slope.
        QuadraticSaddle saddle = new(new double[,] { { 2, 0 }, { 0, 0 } }, new double[,] { { 1 }, { 0 } }, new double[,] { { 1 } }, [1, 3]);
        SaddleResult result = SaddleSolver.Solve(saddle);

        Assert.Equal(SaddleStatus.InfeasibleSuspected, result.Status);
        Assert.Equal(3, result.Certificate!.FieldNorm, 1e-9);
        Assert.Equal(1, Math.Abs(result.Certificate.Direction[1]), 1e-9);
    }

    [Fact]
    public void A_singular_game_that_has_saddles_is_solved()
    {
        Random random = new(12);
        double[] spectrum = [1, 0.5, 0.2, 0, 0];
        Matrix<double> a = Matrix<double>.Build.DenseOfDiagonalArray(spectrum);
        SaddleResult result = SaddleSolver.Solve(new BilinearSaddle(a.ToArray(), [1, 2, 3, 0, 0], [3, 2, 1, 0, 0]), new() { Start = SaddleExamples.Vector(10, random), RelativeTolerance = 1e-12 });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.Equal([-3, -4, -5], result.Primal.Take(3).Select(value => Math.Round(value, 9)));
    }

    [Fact]
    public void A_budget_ends_the_solver_within_one_step()
    {
        Random random = new(13);
        SaddleResult result = SaddleSolver.Solve(SaddleExamples.Bilinear(50, 50, 100, random), new() { MaxBundles = 20 });

        Assert.Equal(SaddleStatus.Budget, result.Status);
        Assert.InRange(result.Bundles, 20, 23);
        Assert.Equal(result.Bundles - 1, result.State.Bundles);
        Assert.InRange(result.RelativeResidual, 1e-3, 1);
    }

    [Fact]
    public void A_problem_without_numbers_ends_at_once()
    {
        SmoothSaddle problem = new(1, 1, (x, y, gradientX, gradientY) => (gradientX[0], gradientY[0]) = (double.NaN, y[0]));

        Assert.Equal(SaddleStatus.NonFinite, SaddleSolver.Solve(problem).Status);
    }

    [Fact]
    public void Images_without_numbers_leave_the_point_finite()
    {
        SmoothSaddle problem = new(
            1, 1, (x, y, gradientX, gradientY) => (gradientX[0], gradientY[0]) = (x[0] + y[0], x[0] - y[0]),
            (x, y, p, q, productX, productY) => (productX[0], productY[0]) = (double.NaN, double.NaN));
        SaddleResult result = SaddleSolver.Solve(problem, new() { Start = [1, 2], MaxBundles = 500 });

        Assert.True(result.Status is SaddleStatus.Budget or SaddleStatus.Converged, result.Status.ToString());
        Assert.InRange(result.RelativeResidual, 0, 1);
        Assert.All(result.Primal.Concat(result.Dual), value => Assert.True(double.IsFinite(value)));
    }

    [Fact]
    public void A_cancelled_solver_returns_where_it_was()
    {
        Random random = new(14);
        using CancellationTokenSource cancel = new();
        SaddleResult result = SaddleSolver.Solve(SaddleExamples.Bilinear(50, 50, 100, random), new() { CancellationToken = cancel.Token, Progress = new After(7, cancel) });

        Assert.Equal((SaddleStatus.Cancelled, 7), (result.Status, result.Iterations));
    }

    [Fact]
    public void A_start_at_the_saddle_is_the_end()
    {
        SaddleResult result = SaddleSolver.Solve(new BilinearSaddle(new double[,] { { 2 } }));

        Assert.Equal((SaddleStatus.Converged, 0, 1L), (result.Status, result.Iterations, result.Bundles));
    }

    [Fact]
    public void A_start_that_is_as_good_as_rounding_lets_it_be_is_the_end()
    {
        Random random = new(15);
        BilinearSaddle game = SaddleExamples.Bilinear(50, 50, 10, random);
        SaddleResult solved = SaddleSolver.Solve(game, new() { RelativeTolerance = 1e-14 });
        SaddleResult again = SaddleSolver.Solve(game, new() { Start = [.. solved.Primal, .. solved.Dual] });

        Assert.Equal((SaddleStatus.Converged, SaddleStatus.Converged), (solved.Status, again.Status));
        Assert.InRange(again.Bundles, 1, 400);
    }

    // With c = 0 and a start at zeros one side has no gradient, and the other's brings nothing.
    [Theory]
    [InlineData(true, true)]
    [InlineData(false, true)]
    [InlineData(true, false)]
    [InlineData(false, false)]
    public void One_linear_term_is_enough(bool isPrimal, bool conjugate)
    {
        Random random = new(16);
        double[,] a = SaddleExamples.Coupling(60, 60, 10, random).ToArray();
        double[] term = SaddleExamples.Vector(60, random);
        BilinearSaddle game = isPrimal ? new(a, term) : new(a, null, term);
        SaddleResult result = SaddleSolver.Solve(game, new() { Method = new SequentialSubspace { ConjugateDirections = conjugate } });
        SaddleResult krylov = SaddleSolver.Solve(game, new() { Method = new MinimumResidualKrylov() });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Bundles, 1, (conjugate ? 1.3 : 6) * krylov.Bundles);
    }

    [Fact]
    public void The_least_norm_under_equations_is_found_from_zeros()
    {
        // min ½ ‖x‖² subject to A'x + c = 0: x = -A (A'A)⁻¹ c.
        Random random = new(17);
        Matrix<double> a = SaddleExamples.Coupling(40, 25, 10, random);
        double[] c = SaddleExamples.Vector(25, random);
        SaddleResult result = SaddleSolver.Solve(new QuadraticSaddle(Matrix<double>.Build.DenseIdentity(40).ToArray(), a.ToArray(), null, null, c), new() { RelativeTolerance = 1e-10 });
        Vector<double> expected = -a * a.TransposeThisAndMultiply(a).Solve(Vector<double>.Build.Dense(c));

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Bundles, 1, 100);
        Assert.All(result.Primal.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-7));
    }

    private sealed class After(int steps, CancellationTokenSource cancel) : IProgress<SaddleProgress>
    {
        public void Report(SaddleProgress value)
        {
            if (value.Iteration == steps)
            {
                cancel.Cancel();
            }
        }
    }
}
