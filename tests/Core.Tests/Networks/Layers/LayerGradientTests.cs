// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;

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
}
