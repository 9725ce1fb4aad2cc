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
}
