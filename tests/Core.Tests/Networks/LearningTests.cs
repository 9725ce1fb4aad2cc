// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Networks.Schedules;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Networks;

/// <summary>The pieces together: they learn what no linear model can.</summary>
public sealed class LearningTests
{
    [Fact]
    public void A_perceptron_learns_two_spirals()
    {
        const int Rows = 400;
        var random = new RandomStream(1);
        DenseMatrix input = new(Rows, 2), targets = new(Rows, 1);
        for (int i = 0; i < Rows; i++)
        {
            double turn = 3.5 * Math.Sqrt(random.NextDouble()), side = i % 2;
            input[i, 0] = (float)(turn * Math.Cos((turn * 1.5) + (side * Math.PI)));
            input[i, 1] = (float)(turn * Math.Sin((turn * 1.5) + (side * Math.PI)));
            targets[i, 0] = (float)side;
        }
        var network = NetworkSpec.Mlp(32, 32).Build(2, 1);

        float[] parameters = Train(network, new Logistic(), input, targets, new AdamW(), 0.01f, 800);

        var scores = network.Forward(parameters, input, LayerPass.Scoring);
        int right = Enumerable.Range(0, Rows).Count(i => scores[i, 0] > 0 == (targets[i, 0] == 1));
        Assert.InRange(right, Rows * 98 / 100, Rows);
    }

    [Fact]
    public void Recurrent_units_learn_the_parity_of_bits()
    {
        // All 32 words of five bits; the parity is a function of none of their parts.
        DenseMatrix input = new(32, 5), targets = new(32, 1);
        for (int word = 0; word < 32; word++)
        {
            for (int bit = 0; bit < 5; bit++)
            {
                input[word, bit] = ((word >> bit) & 1) == 0 ? 1 : -1;
            }
            targets[word, 0] = System.Numerics.BitOperations.PopCount((uint)word) & 1;
        }
        var network = new Network(new Sequential(new Gru(5, 24, 4, 2), new Dense(24, 1)));

        float[] parameters = Train(network, new Logistic(), input, targets, new Adam(), 0.01f, 500);

        Assert.InRange(new Logistic().Evaluate(network.Forward(parameters, input, LayerPass.Scoring), targets, [], null) / 32, 0, 0.05);
    }

    [Fact]
    public void A_residual_network_fits_a_wave()
    {
        DenseMatrix input = new(256, 1), targets = new(256, 1);
        for (int i = 0; i < 256; i++)
        {
            input[i, 0] = (i - 128) / 64f;
            targets[i, 0] = MathF.Sin(3 * input[i, 0]);
        }
        var network = new Network(new Sequential(
            new Dense(1, 24), new Residual(new Sequential(new LayerNorm(24), new Dense(24, 24), new Activation(24, new Gelu()), new Dense(24, 24))), new Activation(24, new Tanh()), new Dense(24, 1)));

        float[] parameters = Train(network, new Squared(), input, targets, new Nesterov(), 0.05f, 1500);

        Assert.InRange(new Squared().Evaluate(network.Forward(parameters, input, LayerPass.Scoring), targets, [], null) / 256, 0, 1e-3);
    }

    private static float[] Train(Network network, ILoss loss, DenseMatrix input, DenseMatrix targets, IOptimizer optimizer, float learningRate, int steps)
    {
        float[] parameters = network.Initialize(1), gradient = new float[network.ParameterCount];
        var update = new ParameterUpdate(optimizer, network.Parameters) { MaximumNorm = 1 };
        var schedule = new WarmUp();
        var scoreGradient = new DenseMatrix(0, network.Root.Outputs);
        var random = new RandomStream(2);
        for (int step = 0; step < steps; step++)
        {
            var scores = network.Forward(parameters, input, new LayerPass(random));
            loss.Evaluate(scores, targets, [], scoreGradient);
            foreach (ref float value in scoreGradient.Values)
            {
                value /= input.Rows;
            }
            Array.Clear(gradient);
            network.Backward(parameters, scoreGradient, gradient);
            update.Apply(parameters, gradient, learningRate * schedule.Factor(step, steps));
        }
        return parameters;
    }
}
