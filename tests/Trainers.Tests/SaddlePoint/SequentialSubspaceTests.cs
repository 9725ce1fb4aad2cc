// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

public sealed class SequentialSubspaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_bilinear_game_of_condition_10_takes_at_most_170_bundles(int seed)
    {
        Random random = new(seed);
        BilinearSaddle game = SaddleExamples.Bilinear(200, 200, 10, random);
        SaddleResult result = SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(400, random) });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Bundles, 100, 170);
        Assert.InRange(SaddleExamples.Residual(game, result) / result.Residual, 1 - 1e-6, 1 + 1e-6);
    }

    [Fact]
    public void A_bilinear_game_of_condition_100_takes_at_most_950_bundles()
    {
        Random random = new(3);
        BilinearSaddle game = SaddleExamples.Bilinear(200, 200, 100, random);
        SaddleResult result = SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(400, random) });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Bundles, 500, 950);
    }

    [Fact]
    public void The_saddle_of_x_times_y_takes_one_step()
    {
        SaddleResult result = SaddleSolver.Solve(new BilinearSaddle(new double[,] { { 3 } }, [1], [-2]), new() { Start = [5, -7] });

        Assert.Equal((SaddleStatus.Converged, 1), (result.Status, result.Iterations));
        Assert.Equal(2.0 / 3, result.Primal[0], 1e-12);
        Assert.Equal(-1.0 / 3, result.Dual[0], 1e-12);
    }

    // Directions that are conjugate to all earlier ones make it the Krylov method and better; what is above its count are the checks, one in 20.
    [Theory]
    [InlineData(80, 80, 10, 1e-2, 1)]
    [InlineData(80, 40, 100, 1e-3, 1)]
    [InlineData(60, 60, 100, 1e-4, 1e-1)]
    [InlineData(80, 1, 1, 1e-4, 1)]
    [InlineData(1, 80, 1, 1e-2, 1)]
    public void A_quadratic_saddle_takes_hardly_more_bundles_than_the_krylov_method(int n, int m, double condition, double low, double high)
    {
        Random random = new(1);
        QuadraticSaddle saddle = SaddleExamples.Quadratic(n, m, condition, low, high, random);
        double[] start = SaddleExamples.Vector(n + m, random);
        SaddleResult result = SaddleSolver.Solve(saddle, new() { Start = start });
        SaddleResult krylov = SaddleSolver.Solve(saddle, new() { Start = start, Method = new MinimumResidualKrylov() });

        Assert.Equal((SaddleStatus.Converged, SaddleStatus.Converged), (result.Status, krylov.Status));
        Assert.InRange(result.Bundles, 1, 1.1 * krylov.Bundles);
    }

    [Theory]
    [InlineData(SubspaceStep.MinimumResidual, true)]
    [InlineData(SubspaceStep.MinimumResidual, false)]
    [InlineData(SubspaceStep.Hybrid, true)]
    [InlineData(SubspaceStep.Hybrid, false)]
    public void No_step_lengthens_an_affine_field(SubspaceStep step, bool conjugate)
    {
        Random random = new(2);
        QuadraticSaddle saddle = SaddleExamples.Quadratic(30, 20, 50, 1e-3, 1, random);
        List<double> residuals = [1];
        SaddleResult result = SaddleSolver.Solve(saddle, new()
        {
            Start = SaddleExamples.Vector(50, random),
            Method = new SequentialSubspace { Step = step, ConjugateDirections = conjugate },
            Progress = new Steps(progress => residuals.Add(progress.RelativeResidual)),
        });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.All(residuals.Zip(residuals.Skip(1)), pair => Assert.InRange(pair.Second, 0, pair.First * (1 + 1e-9)));
        Assert.Equal(result.Iterations + 1, residuals.Count);
    }

    [Theory]
    [InlineData(SubspaceStep.Galerkin, 1)]
    [InlineData(SubspaceStep.Galerkin, 5)]
    [InlineData(SubspaceStep.Hybrid, 5)]
    public void Restricted_saddles_solve_a_well_conditioned_game_too(SubspaceStep step, int memory)
    {
        Random random = new(1);
        BilinearSaddle game = SaddleExamples.Bilinear(100, 100, 10, random);
        SaddleResult result = SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(200, random), Method = new SequentialSubspace { Step = step, Memory = memory } });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Bundles, 50, 200);
    }

    [Fact]
    public void Without_memory_galerkin_diverges_and_minimum_residual_stands_still()
    {
        SaddleResult Solve(SubspaceStep step)
        {
            Random random = new(1);
            BilinearSaddle game = SaddleExamples.Bilinear(100, 100, 10, random);
            return SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(200, random), MaxBundles = 60, Method = new SequentialSubspace { Step = step, Memory = 0 } });
        }

        Assert.True(Solve(SubspaceStep.Galerkin) is { Status: SaddleStatus.NonFinite } or { RelativeResidual: > 1 });
        Assert.InRange(Solve(SubspaceStep.MinimumResidual).RelativeResidual, 0.05, 1);
    }

    [Fact]
    public void A_proximal_weight_that_is_given_slows_down_and_goes_away()
    {
        Random random = new(1);
        BilinearSaddle game = SaddleExamples.Bilinear(50, 50, 5, random);
        double[] start = SaddleExamples.Vector(100, random);
        SaddleResult free = SaddleSolver.Solve(game, new() { Start = start });
        SaddleResult held = SaddleSolver.Solve(game, new() { Start = start, Method = new SequentialSubspace { ProximalWeight = 100 } });

        Assert.Equal((SaddleStatus.Converged, SaddleStatus.Converged), (free.Status, held.Status));
        Assert.True(held.Bundles > free.Bundles, $"{held.Bundles} bundles with a weight, {free.Bundles} without.");
    }

    [Fact]
    public void Nemirovskis_pair_may_be_directions_too()
    {
        Random random = new(1);
        BilinearSaddle game = SaddleExamples.Bilinear(60, 40, 10, random, isConsistent: true);
        SaddleResult result = SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(100, random), Method = new SequentialSubspace { NemirovskiPair = true } });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.True(SaddleExamples.Residual(game, result) <= 1.01e-8 * result.Residual / result.RelativeResidual);
    }

    [Fact]
    public void The_way_to_a_fixed_point_is_a_direction()
    {
        Random random = new(1);
        QuadraticSaddle saddle = SaddleExamples.Quadratic(12, 9, 50, 1e-2, 1, random);
        double[] solution = [.. SaddleSolver.Solve(saddle, new() { RelativeTolerance = 1e-13 }) is var exact ? exact.Primal.Concat(exact.Dual) : []];
        SaddleResult result = SaddleSolver.Solve(saddle, new() { Method = new SequentialSubspace { FixedPoint = new Constant(solution) } });

        Assert.Equal((SaddleStatus.Converged, 1), (result.Status, result.Iterations));
        Assert.InRange(result.Bundles, 4, 5);
    }

    [Fact]
    public void Gradients_of_blocks_are_directions_unless_told_otherwise()
    {
        // Each block leads to its own zero; their sum is a gradient of condition 10 000.
        BlockSaddle saddle = new();
        SaddleResult with = SaddleSolver.Solve(saddle, new() { Start = [1, 1, 1, 0] });
        SaddleResult without = SaddleSolver.Solve(saddle, new() { Start = [1, 1, 1, 0], Method = new SequentialSubspace { BlockDirections = false } });

        Assert.Equal((SaddleStatus.Converged, SaddleStatus.Converged), (with.Status, without.Status));
        Assert.True(with.Iterations < without.Iterations, $"{with.Iterations} steps with, {without.Iterations} without.");
    }

    [Fact]
    public void Sums_of_images_stay_close_to_the_field()
    {
        Random random = new(4);
        BilinearSaddle game = SaddleExamples.Bilinear(100, 100, 100, random);
        ISaddleIteration iteration = new SequentialSubspace { RefreshEvery = 1000 }.Begin(game, SaddleExamples.Vector(200, random));
        double first = iteration.Residual;
        for (int step = 0; step < 200; step++)
        {
            iteration.Advance();
        }
        double summed = iteration.Residual;
        iteration.Refresh();

        Assert.NotEqual(summed, iteration.Residual);
        Assert.InRange(Math.Abs(summed - iteration.Residual), 0, 1e-10 * first);
    }

    [Fact]
    public void Steps_allocate_nothing()
    {
        Random random = new(4);
        ISaddleIteration game = new SequentialSubspace().Begin(SaddleExamples.Bilinear(40, 30, 1e6, random), SaddleExamples.Vector(70, random));
        ISaddleIteration saddle = new SequentialSubspace().Begin(SaddleExamples.Quadratic(40, 30, 1e6, 1e-4, 1, random), SaddleExamples.Vector(70, random));
        Advance(30);
        long before = GC.GetAllocatedBytesForCurrentThread();
        Advance(30);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());

        void Advance(int steps)
        {
            for (int step = 0; step < steps; step++)
            {
                game.Advance();
                saddle.Advance();
            }
        }
    }

    [Fact]
    public void Bad_options_say_what_is_needed()
    {
        Assert.Contains("from 0 to 100", Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialSubspace { Memory = -1 }).Message, StringComparison.Ordinal);
        Assert.Contains("at least 1", Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialSubspace { RefreshEvery = 0 }).Message, StringComparison.Ordinal);
        Assert.Contains("those that there are", Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialSubspace { Step = (SubspaceStep)7 }).Message, StringComparison.Ordinal);
        Assert.Contains("finite", Assert.Throws<ArgumentOutOfRangeException>(() => new SequentialSubspace { ProximalWeight = double.NaN }).Message, StringComparison.Ordinal);
        Assert.Equal((5, SubspaceStep.MinimumResidual, 20, false, true, true, 0.0), (new SequentialSubspace() is var d ? (d.Memory, d.Step, d.RefreshEvery, d.NemirovskiPair, d.BlockDirections, d.ConjugateDirections, d.ProximalWeight) : default));
        Assert.Equal(new SequentialSubspace(), new SaddleSolverOptions().Method);
    }

    private sealed class Steps(Action<SaddleProgress> note) : IProgress<SaddleProgress>
    {
        public void Report(SaddleProgress value) => note(value);
    }

    private sealed class Constant(double[] value) : IFixedPointMap
    {
        public void Apply(ReadOnlySpan<double> point, Span<double> image) => value.CopyTo(image);
    }
}
