// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Networks.Layers;

public sealed class LayerGradientTests
{
    [Theory]
    [InlineData(7, 5, true)]
    [InlineData(3, 1, true)]
    [InlineData(1, 9, false)]
    public void Dense_agrees_with_finite_differences(int inputs, int outputs, bool bias) => GradientCheck.Verify(new Dense(inputs, outputs, bias: bias));

    [Fact]
    public void The_rectifier_agrees_with_finite_differences_away_from_its_corner() => GradientCheck.Verify(new Activation(11, new Relu()), keepAwayFromZero: 0.1f);

    [Fact]
    public void Tanh_agrees_with_finite_differences() => GradientCheck.Verify(new Activation(11, new Tanh()));

    [Fact]
    public void Sigmoid_agrees_with_finite_differences() => GradientCheck.Verify(new Activation(11, new Sigmoid()));

    [Fact]
    public void Gelu_agrees_with_finite_differences() => GradientCheck.Verify(new Activation(11, new Gelu()));

    [Fact]
    public void Dropout_with_the_same_random_numbers_agrees_with_finite_differences() => GradientCheck.Verify(new Dropout(13, 0.4f), passSeed: 5);

    [Fact]
    public void A_sequence_agrees_with_finite_differences() => GradientCheck.Verify(
        new Sequential(new Dense(4, 9), new Activation(9, new Tanh()), new Dropout(9, 0.2f), new Sequential(new Dense(9, 6, bias: false), new Activation(6, new Gelu())), new Dense(6, 3)), passSeed: 5);

    [Fact]
    public void Layer_normalisation_agrees_with_finite_differences()
    {
        GradientCheck.Verify(new LayerNorm(9));
        GradientCheck.Verify(new Sequential(new Dense(4, 12), new LayerNorm(12), new Dense(12, 2)));
    }

    [Theory]
    [InlineData(3, 5, 1, 1, GruOutput.LastStep)]
    [InlineData(4, 3, 4, 1, GruOutput.LastStep)]
    [InlineData(4, 3, 4, 1, GruOutput.AllSteps)]
    [InlineData(5, 4, 3, 3, GruOutput.LastStep)]
    [InlineData(2, 9, 3, 2, GruOutput.AllSteps)]
    public void Recurrent_units_agree_with_finite_differences(int inputs, int hidden, int steps, int levels, GruOutput output) =>
        GradientCheck.Verify(new Gru(inputs, hidden, steps, levels, output));

    [Fact]
    public void Shortcuts_agree_with_finite_differences()
    {
        GradientCheck.Verify(new Residual(new Sequential(new Dense(5, 7), new Activation(7, new Tanh()), new Dense(7, 5))));
        GradientCheck.Verify(new Residual(new Activation(6, new Sigmoid())));
        GradientCheck.Verify(new Residual(new Sequential(new Dense(5, 7), new Activation(7, new Gelu())), new Dense(5, 7, bias: false)));
        GradientCheck.Verify(new Residual(new Residual(new Residual(new Identity(4)), new Activation(4, new Tanh()))));
    }

    [Fact]
    public void Branches_agree_with_finite_differences()
    {
        GradientCheck.Verify(new Concat(new Dense(5, 3), new Identity(5), new Activation(5, new Tanh())));
        // The input is fed in again before each layer, as decoders do.
        GradientCheck.Verify(new Sequential(
            new Concat(new Sequential(new Concat(new Sequential(new Dense(4, 6), new Activation(6, new Tanh())), new Identity(4)), new Dense(10, 6)), new Identity(4)),
            new Dense(10, 2)));
    }

    [Fact]
    public void A_first_layer_computes_no_gradient_by_its_input()
    {
        ILayer[] layers = [new Dense(4, 3), new Gru(4, 3, 2), new LayerNorm(4), new Concat(new Dense(4, 2), new Identity(4)), new Residual(new Dense(4, 4))];
        foreach (var layer in layers.Append(new Sequential(new Activation(4, new Tanh()), new Dense(4, 4), new LayerNorm(4))))
        {
            var network = new Network(layer);
            float[] parameters = network.Initialize(3), alone = new float[parameters.Length], together = new float[parameters.Length];
            var input = new DenseMatrix(6, 4);
            new RandomStream(5).FillNormal(input.Values, 1);

            network.Forward(parameters, input, LayerPass.Scoring);
            Assert.Null(layer.Backward(parameters, Ones(layer.Outputs), alone, needsInputGradient: false));
            network.Forward(parameters, input, LayerPass.Scoring);
            Assert.NotNull(layer.Backward(parameters, Ones(layer.Outputs), together, needsInputGradient: true));

            Assert.Equal(together, alone);
            Assert.Contains(alone, value => value != 0);
        }

        static DenseMatrix Ones(int columns)
        {
            var ones = new DenseMatrix(6, columns);
            ones.Values.Fill(1);
            return ones;
        }
    }
}
