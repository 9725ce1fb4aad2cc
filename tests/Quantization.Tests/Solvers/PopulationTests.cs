// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

/// <summary>Large samples reach the optimum of the distribution, known from numerical integration.</summary>
public sealed class PopulationTests
{
    private const int Count = 1 << 20;

    [Fact]
    public void Gaussian_weights()
    {
        QuantizedGroup group = ScaleSolvers.Exact.Solve(WeightSamples.GaussianPopulation(Count), QuantizationForm.PositiveScale);

        Assert.Equal(0.3386, group.Scale, 5e-4);
        Assert.Equal(0.011864, group.SquaredError / Count, 2e-5);
    }

    [Fact]
    public void Laplacian_weights()
    {
        QuantizedGroup group = ScaleSolvers.Exact.Solve(WeightSamples.LaplacePopulation(Count), QuantizationForm.PositiveScale);

        Assert.Equal(0.4676, group.Scale, 5e-4);
        Assert.Equal(0.025260, group.SquaredError / Count, 5e-5);
    }
}
