// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Networks.Optimizers;

public sealed class OptimizerTests
{
    private static readonly IOptimizer[] Optimizers = [new Sgd(), new Momentum(), new Nesterov(), new Adam(), new AdamW()];

    public static TheoryData<IOptimizer> All => [.. Optimizers];

    // Worked out by hand for a parameter that begins as 1, gradients 1 and 0.5, learning rate 0.1.
    [Theory]
    [InlineData(nameof(Sgd), 0.9, 0.85)]
    [InlineData(nameof(Momentum), 0.9, 0.76)] // v = 1, then 0.9 + 0.5 = 1.4
    [InlineData(nameof(Nesterov), 0.81, 0.634)] // 1 + 0.9 * 1 = 1.9, then 0.5 + 0.9 * 1.4 = 1.76
    [InlineData(nameof(Adam), 0.9, 0.8067821)] // 0.14 / 0.19 over the root of 0.001249 / 0.001999
    [InlineData(nameof(AdamW), 0.9, 0.8067821)] // its decay is applied by ParameterUpdate
    public void The_first_steps_are_those_worked_out_by_hand(string name, double first, double second)
    {
        var optimizer = Named(name);
        float[] parameter = [1], state = new float[optimizer.StateLength(1)];

        optimizer.Update(parameter, [1], state, 1, 0.1f);
        Assert.Equal(first, parameter[0], 1e-6);
        optimizer.Update(parameter, [0.5f], state, 2, 0.1f);
        Assert.Equal(second, parameter[0], 1e-6);
    }

    [Fact]
    public void Adam_follows_its_definition_in_double_precision()
    {
        const int Length = 19;
        var random = new RandomStream(2);
        var adam = new Adam { Beta1 = 0.8f, Beta2 = 0.99f, Epsilon = 1e-3f };
        float[] parameters = new float[Length], gradient = new float[Length], state = new float[adam.StateLength(Length)];
        random.FillNormal(parameters, 1);
        double[] expected = [.. parameters.Select(value => (double)value)], mean = new double[Length], square = new double[Length];
        for (int step = 1; step <= 50; step++)
        {
            random.FillNormal(gradient, 1);
            adam.Update(parameters, gradient, state, step, 0.02f);
            for (int i = 0; i < Length; i++)
            {
                mean[i] = ((double)0.8f * mean[i]) + ((1 - (double)0.8f) * gradient[i]);
                square[i] = ((double)0.99f * square[i]) + ((1 - (double)0.99f) * gradient[i] * gradient[i]);
                double unbiased = mean[i] / (1 - Math.Pow(0.8f, step)), unbiasedSquare = square[i] / (1 - Math.Pow(0.99f, step));
                expected[i] -= 0.02 * unbiased / (Math.Sqrt(unbiasedSquare) + 1e-3);
                // Fifty roundings of numbers near 1.
                Assert.Equal(expected[i], parameters[i], 1e-5);
            }
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Bits_do_not_depend_on_where_an_element_lies(IOptimizer optimizer)
    {
        const int Length = 61;
        float[] whole = Train(optimizer, Length, [Length]);

        foreach (int cut in (int[])[1, 7, 8, 31, 60])
        {
            Assert.Equal(whole, Train(optimizer, Length, [cut, Length - cut]));
        }
    }

    [Theory]
    [InlineData(nameof(Sgd), 0.09f, 2000)]
    [InlineData(nameof(Momentum), 0.02f, 400)]
    [InlineData(nameof(Nesterov), 0.02f, 400)]
    [InlineData(nameof(Adam), 0.1f, 2000)]
    [InlineData(nameof(AdamW), 0.1f, 2000)]
    public void A_stretched_quadratic_is_minimised(string name, float learningRate, int steps)
    {
        // f(x) = sum of a_i (x_i - i)² / 2 with a from 0.1 to 20.
        float[] curvature = [0.1f, 0.5f, 2, 7, 20];
        float[] best = Minimise(name, new float[5], learningRate, steps, (x, gradient) =>
        {
            for (int i = 0; i < x.Length; i++)
            {
                gradient[i] = curvature[i] * (x[i] - i);
            }
        });

        Assert.All(best.Select((value, i) => (value, i)), item => Assert.Equal(item.i, item.value, 1e-3));
    }

    [Theory]
    [InlineData(nameof(Momentum), 3e-4f, 20000)]
    [InlineData(nameof(Nesterov), 3e-4f, 20000)]
    [InlineData(nameof(Adam), 0.02f, 10000)]
    public void Rosenbrocks_valley_is_walked_to_its_end(string name, float learningRate, int steps)
    {
        float[] best = Minimise(name, [-1.2f, 1], learningRate, steps, (x, gradient) =>
        {
            float across = x[1] - (x[0] * x[0]);
            gradient[0] = (-2 * (1 - x[0])) - (400 * x[0] * across);
            gradient[1] = 200 * across;
        });

        Assert.Equal(1, best[0], 1e-2);
        Assert.Equal(1, best[1], 2e-2);
    }

    [Fact]
    public void Settings_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta1 = 1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Adam { Beta2 = -0.1f });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW { Epsilon = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdamW { WeightDecay = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new Momentum { Decay = 1 });
        Assert.StartsWith("Decay must lie in [0, 1).", Assert.Throws<ArgumentOutOfRangeException>(() => new Nesterov { Decay = float.NaN }).Message, StringComparison.Ordinal);
        Assert.StartsWith("WeightDecay can't be negative.", Assert.Throws<ArgumentOutOfRangeException>(() => new Sgd { WeightDecay = float.PositiveInfinity }).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Defaults_are_those_that_are_documented()
    {
        Assert.Equal(new Adam { Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f }, new Adam());
        Assert.Equal(0, ((IOptimizer)new Adam()).WeightDecay);
        Assert.Equal(new AdamW { Beta1 = 0.9f, Beta2 = 0.999f, Epsilon = 1e-8f, WeightDecay = 0.01f }, new AdamW());
        Assert.Equal(new Sgd { WeightDecay = 0 }, new Sgd());
        Assert.Equal(new Momentum { Decay = 0.9f, WeightDecay = 0 }, new Momentum());
        Assert.Equal(new Nesterov { Decay = 0.9f, WeightDecay = 0 }, new Nesterov());
    }

    private static IOptimizer Named(string name) => Assert.Single(Optimizers, optimizer => optimizer.GetType().Name == name);

    private static float[] Train(IOptimizer optimizer, int length, int[] parts)
    {
        var random = new RandomStream(4);
        float[] parameters = new float[length], gradient = new float[length];
        random.FillNormal(parameters, 1);
        float[][] states = [.. parts.Select(part => new float[optimizer.StateLength(part)])];
        for (int step = 1; step <= 5; step++)
        {
            random.FillNormal(gradient, 1);
            for (int i = 0, start = 0; i < parts.Length; start += parts[i++])
            {
                optimizer.Update(parameters.AsSpan(start, parts[i]), gradient.AsSpan(start, parts[i]), states[i], step, 0.1f);
            }
        }
        return parameters;
    }

    private static float[] Minimise(string name, float[] start, float learningRate, int steps, Action<float[], float[]> gradientOf)
    {
        var optimizer = Named(name);
        float[] gradient = new float[start.Length], state = new float[optimizer.StateLength(start.Length)];
        for (int step = 1; step <= steps; step++)
        {
            gradientOf(start, gradient);
            optimizer.Update(start, gradient, state, step, learningRate * (1 - ((step - 1f) / steps)));
        }
        return start;
    }
}
