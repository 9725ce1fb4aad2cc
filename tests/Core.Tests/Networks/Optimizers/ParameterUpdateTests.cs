// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Optimizers;

namespace MLNetExtensions.Core.Tests.Networks.Optimizers;

public sealed class ParameterUpdateTests
{
    private static readonly ParameterTensor[] Tensors =
    [
        new("scale", [1], Initialization.Zero, Decays: false),
        new("weight", [2], Initialization.Zero),
        new("bias", [1], Initialization.Zero, Decays: false),
    ];

    [Fact]
    public void Weights_decay_before_the_step_and_biases_do_not()
    {
        var update = new ParameterUpdate(new Sgd { WeightDecay = 0.5f }, Tensors);
        float[] parameters = [1, 2, 3, 4];

        double norm = update.Apply(parameters, [0.3f, 0, 0.4f, 0], 0.1f);

        // Weights are kept to 1 - 0.1 * 0.5 = 0.95 of themselves.
        Assert.Equal([0.97f, 1.9f, 2.81f, 4f], parameters.Select(value => MathF.Round(value, 5)));
        Assert.Equal(0.5, norm, 1e-6);
        Assert.Equal(1, update.Iteration);
    }

    [Fact]
    public void AdamW_steps_as_its_authors_write_it()
    {
        // p - lr (m^ / (sqrt v^ + eps) + decay p), where the first of Adam's steps has length lr.
        var update = new ParameterUpdate(new AdamW { WeightDecay = 0.2f }, [Tensors[1]]);
        float[] parameters = [2, -3];

        update.Apply(parameters, [0.7f, -0.01f], 0.1f);

        Assert.Equal(2 - (0.1 * (1 + (0.2 * 2))), parameters[0], 1e-6);
        Assert.Equal(-3 - (0.1 * (-1 + (0.2 * -3))), parameters[1], 1e-6);
    }

    [Fact]
    public void A_long_gradient_is_shortened_and_a_short_one_left()
    {
        var update = new ParameterUpdate(new Sgd(), [Tensors[1]]) { MaximumNorm = 1 };
        float[] parameters = [0, 0];

        Assert.Equal(5, update.Apply(parameters, [3, 4], 1), 1e-6);
        Assert.Equal([-0.6f, -0.8f], parameters.Select(value => MathF.Round(value, 6)));
        Assert.Equal(0.5, update.Apply(parameters, [0.3f, 0.4f], 1), 1e-6);
        Assert.Equal([-0.9f, -1.2f], parameters.Select(value => MathF.Round(value, 6)));
    }

    [Fact]
    public void Large_derivatives_are_cut_before_the_norm_is_taken()
    {
        var update = new ParameterUpdate(new Sgd(), [Tensors[1]]) { MaximumValue = 2, MaximumNorm = 1 };
        float[] parameters = [0, 0];

        Assert.Equal(Math.Sqrt(8), update.Apply(parameters, [100, -2], 1), 1e-6);
        Assert.Equal([-0.707107f, 0.707107f], parameters.Select(value => MathF.Round(value, 6)));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void No_step_is_taken_along_what_is_no_number(float bad)
    {
        var update = new ParameterUpdate(new Momentum { WeightDecay = 0.1f }, [Tensors[1]]) { MaximumNorm = 1, MaximumValue = 1 };
        float[] parameters = [1, 2];

        Assert.False(double.IsFinite(update.Apply(parameters, [bad, 1], 0.1f)));
        Assert.Equal([1, 2], parameters);
        Assert.Equal([0, 0], update.State.ToArray());
        Assert.Equal(0, update.Iteration);
    }

    [Fact]
    public void Norms_of_large_derivatives_do_not_overflow()
    {
        var update = new ParameterUpdate(new Sgd(), [Tensors[1]]) { MaximumNorm = 1 };
        float[] parameters = [0, 0];

        Assert.Equal(5e30, update.Apply(parameters, [3e30f, 4e30f], 1), 1e24);
        Assert.Equal([-0.6f, -0.8f], parameters.Select(value => MathF.Round(value, 6)));
    }

    public static TheoryData<IOptimizer, float> Shrinking => new()
    {
        { new Sgd(), 0.1f },
        { new Momentum { Decay = 0.8f }, 0.02f },
        { new Nesterov(), 0.02f },
        { new Adam(), 0.05f },
        { new AdamW { WeightDecay = 0 }, 0.05f },
    };

    [Theory]
    [MemberData(nameof(Shrinking))]
    public void A_penalty_on_absolute_values_leads_to_its_own_optimum(IOptimizer optimizer, float learningRate)
    {
        // Of a (x - b)² / 2 + l |x| it is b, moved by l / a towards zero; the last tensor is not penalised.
        float[] curvature = [0.5f, 2, 1, 4, 2, 1], aim = [3, 0.4f, -0.2f, -1, 0.1f, 0.3f], expected = [1.8f, 0.1f, 0, -0.85f, 0, 0.3f];
        ParameterTensor[] tensors = [new("a", [3], Initialization.Zero), new("b", [2], Initialization.Zero), new("c", [1], Initialization.Zero, Decays: false)];
        var update = new ParameterUpdate(optimizer, tensors) { L1 = 0.6f };
        float[] parameters = [1, 1, 1, 1, 1, 1], gradient = new float[6];
        for (int step = 0; step < 3000; step++)
        {
            for (int i = 0; i < 6; i++)
            {
                gradient[i] = curvature[i] * (parameters[i] - aim[i]);
            }
            update.Apply(parameters, gradient, learningRate * (1 - (step / 3000f)));
        }

        for (int i = 0; i < 6; i++)
        {
            Assert.Equal(expected[i], parameters[i], 1e-3);
            Assert.Equal(expected[i] == 0, parameters[i] == 0);
        }
    }

    [Fact]
    public void A_step_resumes_from_state_and_iteration_to_the_same_bits()
    {
        float[] straight = [1, 2], resumed = [1, 2];
        var update = new ParameterUpdate(new Adam(), [Tensors[1]]);
        Run(update, straight, 0, 10);
        var before = new ParameterUpdate(new Adam(), [Tensors[1]]);
        Run(before, resumed, 0, 4);
        var after = new ParameterUpdate(new Adam(), [Tensors[1]]) { Iteration = before.Iteration };
        before.State.CopyTo(after.State);
        Run(after, resumed, 4, 10);

        Assert.Equal(straight, resumed);

        static void Run(ParameterUpdate update, float[] parameters, int from, int to)
        {
            for (int step = from; step < to; step++)
            {
                update.Apply(parameters, [MathF.Sin(step), MathF.Cos(3 * step)], 0.1f);
            }
        }
    }

    [Fact]
    public void What_does_not_fit_is_refused()
    {
        var update = new ParameterUpdate(new Sgd(), Tensors);
        Assert.StartsWith("There are 3 parameters and 4 derivatives; the tensors have 4 values.",
            Assert.Throws<ArgumentException>(() => update.Apply(new float[3], new float[4], 1)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterUpdate(new Sgd(), Tensors) { MaximumNorm = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterUpdate(new Sgd(), Tensors) { MaximumValue = -1 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new ParameterUpdate(new Sgd(), Tensors) { L1 = float.NaN });
        Assert.Throws<ArgumentOutOfRangeException>(() => update.Iteration = -1);
    }

    [Fact]
    public void A_step_allocates_nothing()
    {
        var update = new ParameterUpdate(new AdamW(), Tensors) { MaximumNorm = 1, MaximumValue = 1, L1 = 0.1f };
        float[] parameters = [1, 2, 3, 4], gradient = [1, 1, 1, 1];
        update.Apply(parameters, gradient, 0.1f);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 100; step++)
        {
            update.Apply(parameters, gradient, 0.1f);
        }
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
