// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Networks.Layers;

namespace MLNetExtensions.Core.Tests.Networks.Layers;

public sealed class LayerExportTests
{
    [Theory]
    [InlineData(7, 5, true)]
    [InlineData(64, 1, true)]
    [InlineData(33, 17, false)]
    public void Dense_runs_alike(int inputs, int outputs, bool bias) => ExportCheck.Verify(new Dense(inputs, outputs, bias: bias));

    public static TheoryData<IActivation> Activations => [new Relu(), new Tanh(), new Sigmoid(), new Gelu()];

    [Theory]
    [MemberData(nameof(Activations))]
    public void Activations_run_alike_from_small_to_saturated(IActivation activation)
    {
        ExportCheck.Verify(new Activation(37, activation), inputScale: 1);
        ExportCheck.Verify(new Activation(37, activation), inputScale: 10);
        ExportCheck.Verify(new Activation(37, activation), inputScale: 0.01f);
    }

    [Fact]
    public void Dropout_alone_is_the_identity() => ExportCheck.Verify(new Dropout(5, 0.5f));

    [Fact]
    public void Perceptrons_run_alike()
    {
        ExportCheck.Verify(NetworkSpec.Mlp(32, 16).Build(20, 3).Root);
        ExportCheck.Verify(NetworkSpec.Mlp([24, 24], new Gelu(), dropout: 0.3f).Build(9, 1).Root);
    }

    [Theory]
    [InlineData(5)]
    [InlineData(100)]
    public void Layer_normalisation_runs_alike(int size)
    {
        ExportCheck.Verify(new LayerNorm(size), inputScale: 3);
        ExportCheck.Verify(new LayerNorm(size, epsilon: 0.1f), inputScale: 0.3f);
    }

    [Theory]
    [InlineData(3, 5, 1, 1, GruOutput.LastStep)]
    [InlineData(7, 16, 5, 1, GruOutput.LastStep)]
    [InlineData(7, 16, 5, 1, GruOutput.AllSteps)]
    [InlineData(30, 33, 5, 3, GruOutput.LastStep)]
    [InlineData(6, 8, 4, 2, GruOutput.AllSteps)]
    public void Recurrent_units_run_alike(int inputs, int hidden, int steps, int levels, GruOutput output) => ExportCheck.Verify(new Gru(inputs, hidden, steps, levels, output));

    [Fact]
    public void Compositions_run_alike() => ExportCheck.Verify(new Sequential(
        new Concat(new Sequential(new Dense(12, 20), new Activation(20, new Gelu())), new Gru(12, 10, 3), new Identity(12)),
        new Residual(new Sequential(new LayerNorm(42), new Dense(42, 42), new Activation(42, new Relu()), new Dropout(42, 0.2f))),
        new Residual(new Dense(42, 5), new Dense(42, 5, bias: false)),
        new Activation(5, new Sigmoid())));
}
