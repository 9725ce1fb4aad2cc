// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using Xunit.Abstractions;

namespace MLNetExtensions.Trainers.SaddlePoint.Games;

public sealed class AdversarialGameTests(ITestOutputHelper output)
{
    // Networks compute in floats: about 1e-6 of the field, and differences of fields a hundred times as much.
    private const double FieldAccuracy = 1e-5, ImageAccuracy = 1e-3;

    private const double GeneratorPenalty = 0.01, DiscriminatorPenalty = 0.02;

    [Fact]
    public void The_field_is_that_of_the_game_written_out_in_doubles()
    {
        var (game, oracle) = Small();
        double[] point = game.Initialize(3);
        double[] field = new double[point.Length], expected = oracle.Field(point);
        game.Field(point, field);

        double error = Distance(field, expected) / TensorPrimitives.Norm<double>(expected);
        output.WriteLine($"relative error of the field {error:E1}");
        Assert.Equal(oracle.PrimalSize, game.PrimalSize);
        Assert.InRange(error, 0, FieldAccuracy);
    }

    [Fact]
    public void Images_are_derivatives_of_the_field_written_out_in_doubles()
    {
        var (game, oracle) = Small();
        double[] point = game.Initialize(3), direction = RandomPoint(point.Length, 9);
        double[] primal = new double[point.Length], dual = new double[point.Length];
        game.Images(point, direction, primal, dual);

        Check(primal, 0, game.PrimalSize);
        Check(dual, game.PrimalSize, game.DualSize);
        Assert.Equal(4, ((ISaddleProblem)game).ImagesCost);

        void Check(double[] image, int begin, int length)
        {
            const double Probe = 1e-4;
            double[] up = [.. point], down = [.. point];
            for (int i = begin; i < begin + length; i++)
            {
                up[i] += Probe * direction[i];
                down[i] -= Probe * direction[i];
            }
            double[] high = oracle.Field(up), low = oracle.Field(down);
            double[] expected = [.. high.Zip(low, (a, b) => (a - b) / (2 * Probe))];
            double error = Distance(image, expected) / TensorPrimitives.Norm<double>(expected);
            output.WriteLine($"relative error of an image {error:E1}");
            Assert.InRange(error, 0, ImageAccuracy);
        }
    }

    [Fact]
    public void The_field_repeats_to_the_last_bit()
    {
        var (game, _) = Small();
        double[] point = game.Initialize(4), once = new double[point.Length], again = new double[point.Length];
        game.Field(point, once);
        game.Field(game.Initialize(5), again);
        game.Field(point, again);
        Assert.Equal(once, again);
    }

    [Fact]
    public void Training_covers_modes_that_were_missed()
    {
        GaussianRing ring = new();
        var (game, start) = Ring(ring);
        DenseMatrix noise = Noise(1024, 3);
        var before = ring.Cover(game.Generate(start, noise));
        var result = SaddleSolver.Solve(game, new() { Method = new OptimisticGradient { Step = 0.1 }, Start = start, MaxBundles = 1600, RelativeTolerance = 1e-5 });
        var after = ring.Cover(game.Generate(result.Primal, noise));

        output.WriteLine($"before {before.Covered} {before.NearShare:F2}, after {after.Covered} {after.NearShare:F2}");
        Assert.InRange(before.Covered, 0, 3);
        Assert.InRange(after.Covered, 7, 8);
        Assert.InRange(after.NearShare, 0.5, 1);
    }

    [Fact]
    public void The_subspace_method_makes_the_field_small()
    {
        var (game, oracle) = Small();
        double[] start = game.Initialize(3);
        var result = SaddleSolver.Solve(game, new() { Start = start, MaxBundles = 3000, RelativeTolerance = 0.01 });

        output.WriteLine($"{result.Status}, {result.Iterations} steps, {result.Bundles} bundles, relative residual {result.RelativeResidual:E1}");
        Assert.Equal(SaddleStatus.Converged, result.Status);
        double first = TensorPrimitives.Norm<double>(oracle.Field(start)), last = TensorPrimitives.Norm<double>(oracle.Field([.. result.Primal, .. result.Dual]));
        Assert.InRange(last / first, 0, 0.0101);
    }

    [Fact]
    public void What_becomes_of_the_callers_rows_does_not_matter()
    {
        DenseMatrix samples = new GaussianRing().Draw(6, 1), noise = Noise(5, 2);
        AdversarialGame game = new(NetworkSpec.Mlp(4), NetworkSpec.Mlp(4), samples, noise);
        double[] point = game.Initialize(1), before = new double[point.Length], after = new double[point.Length];
        game.Field(point, before);
        samples.Values.Fill(7);
        noise.Values.Fill(7);
        game.Field(point, after);
        Assert.Equal(before, after);
    }

    [Fact]
    public void What_cannot_be_a_game_is_refused()
    {
        var spec = NetworkSpec.Mlp(4);
        DenseMatrix rows = new(3, 2), none = new(0, 2), infinite = new(1, 2);
        infinite[0, 1] = float.PositiveInfinity;

        Assert.Equal("samples", Assert.Throws<ArgumentException>(() => new AdversarialGame(spec, spec, none, rows)).ParamName);
        Assert.Equal("noise", Assert.Throws<ArgumentException>(() => new AdversarialGame(spec, spec, rows, infinite)).ParamName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdversarialGame(spec, spec, rows, rows, generatorPenalty: -1));
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdversarialGame(spec, spec, rows, rows, discriminatorPenalty: double.NaN));
        Assert.Throws<ArgumentException>(() => new AdversarialGame(spec, spec, rows, rows).Generate(new double[3], rows));
    }

    private static (AdversarialGame Game, DoubleGame Oracle) Small()
    {
        DenseMatrix samples = new GaussianRing { Modes = 3 }.Draw(7, 1), noise = Noise(5, 2);
        return (
            new AdversarialGame(NetworkSpec.Mlp([4], new Tanh()), NetworkSpec.Mlp([6], new Tanh()), samples, noise, GeneratorPenalty, DiscriminatorPenalty),
            new DoubleGame(samples, noise, 4, 6, GeneratorPenalty, DiscriminatorPenalty));
    }

    private static (AdversarialGame Game, double[] Start) Ring(GaussianRing ring)
    {
        AdversarialGame game = new(NetworkSpec.Mlp([16, 16], new Tanh()), NetworkSpec.Mlp([16, 16], new Tanh()), ring.Draw(64, 1), Noise(64, 2));
        return (game, game.Initialize(1));
    }

    private static DenseMatrix Noise(int rows, ulong seed)
    {
        DenseMatrix noise = new(rows, 2);
        new RandomStream(seed).FillNormal(noise.Values, 1);
        return noise;
    }

    private static double[] RandomPoint(int length, ulong seed)
    {
        RandomStream random = new(seed);
        return [.. Enumerable.Range(0, length).Select(_ => random.NextNormal())];
    }

    private static double Distance(double[] a, double[] b) => TensorPrimitives.Distance<double>(a, b);
}
