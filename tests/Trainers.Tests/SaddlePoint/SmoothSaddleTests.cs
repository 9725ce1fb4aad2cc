// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

public sealed class SmoothSaddleTests
{
    [Fact]
    public void A_quartic_saddle_is_found()
    {
        // min max x⁴/4 + x y - y²: y = x/2 and x³ + x/2 = 0, so that the only saddle is 0.
        SmoothSaddle problem = new(1, 1, (x, y, gradientX, gradientY) =>
        {
            gradientX[0] = (x[0] * x[0] * x[0]) + y[0];
            gradientY[0] = x[0] - (2 * y[0]);
        });
        SaddleResult result = SaddleSolver.Solve(problem, new() { Start = [1, 1] });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.Equal(0, result.Primal[0], 1e-7);
        Assert.Equal(0, result.Dual[0], 1e-7);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_saddle_of_a_smooth_game_is_that_of_the_extragradient_method(bool hasHessian)
    {
        SaddleResult result = SaddleSolver.Solve(Problem(), new() { RelativeTolerance = 1e-9 });
        SaddleResult expected = SaddleSolver.Solve(Problem(), new() { RelativeTolerance = 1e-9, MaxBundles = 50_000, Method = new Extragradient { Step = 0.1 } });

        Assert.Equal((SaddleStatus.Converged, SaddleStatus.Converged), (result.Status, expected.Status));
        Assert.All(result.Primal.Concat(result.Dual).Zip(expected.Primal.Concat(expected.Dual)), pair => Assert.Equal(pair.First, pair.Second, 1e-6));
        Assert.True(2 * result.Bundles < expected.Bundles, $"{result.Bundles} bundles, extragradient {expected.Bundles}.");

        SmoothSaddle Problem() => SmoothExample.Make(20, 15, new Random(41), hasHessian);
    }

    [Fact]
    public void Steps_into_where_there_is_no_field_are_shortened()
    {
        // -log x has no value left of 0; a whole step of Newton's method from 3 lands there.
        SmoothSaddle problem = new(1, 1, (x, y, gradientX, gradientY) =>
        {
            gradientX[0] = x[0] > 0 ? 1 - (1 / x[0]) + y[0] : double.NaN;
            gradientY[0] = x[0] - 1 - y[0];
        });
        SaddleResult result = SaddleSolver.Solve(problem, new() { Start = [8, -9] });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.Equal(1, result.Primal[0], 1e-7);
    }

    [Theory]
    [InlineData("flat")]
    [InlineData("turns")]
    public void A_field_that_is_stationary_here_may_be_zero_elsewhere(string kind)
    {
        // √(1 + x²), whose slope hardly changes far from its zero; x⁴/4 - 3x²/2 + 3x, whose slope stands still at 1 and is zero at -2.1.
        SmoothSaddle problem = new(1, 1, (x, y, gradientX, gradientY) =>
        {
            gradientX[0] = kind == "flat" ? x[0] / Math.Sqrt(1 + (x[0] * x[0])) : (x[0] * x[0] * x[0]) - (3 * x[0]) + 3;
            gradientY[0] = -y[0];
        });
        SaddleResult result = SaddleSolver.Solve(problem, new() { Start = [kind == "flat" ? 1000 : 1.5, 1] });

        Assert.NotEqual(SaddleStatus.InfeasibleSuspected, result.Status);
        Assert.InRange(result.Residual, 0, result.Status == SaddleStatus.Converged ? 1e-7 : 1.5);
    }

    [Fact]
    public void Differences_cost_two_bundles_and_know_the_field_where_it_was_last_asked_for()
    {
        int calls = 0;
        SmoothSaddle problem = new(1, 1, (x, y, gradientX, gradientY) => (gradientX[0], gradientY[0], calls) = (x[0] * y[0], -y[0], calls + 1));
        problem.Field([1, 2], new double[2]);
        problem.Images([1, 2], [1, 1], new double[2], new double[2]);
        Assert.Equal((3, 2), (calls, problem.ImagesCost));
        problem.Images([3, 2], [1, 1], new double[2], new double[2]);
        Assert.Equal(6, calls);
    }
}
