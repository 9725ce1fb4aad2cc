// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

/// <summary>Mean squared errors measured by an independent prototype on a sample of its own.</summary>
public sealed class PublishedErrorsTests
{
    private const int Side = 1024;

    /// <summary>Two samples of a million weights differ by up to 0.7 % in these figures.</summary>
    private const double SamplingError = 0.01;

    private static readonly float[] Weights = UnitVariance(WeightSamples.Draw("gaussian", Side * Side, 0));

    private static readonly float[] LaplaceWeights = UnitVariance(WeightSamples.Draw("laplace", Side * Side, 0));

    [Theory]
    [InlineData(QuantizationForm.Symmetric, 32, 6.547e-3)]
    [InlineData(QuantizationForm.Symmetric, 128, 9.314e-3)]
    [InlineData(QuantizationForm.Symmetric, Side, 11.276e-3)]
    [InlineData(QuantizationForm.PositiveScale, 32, 7.389e-3)]
    [InlineData(QuantizationForm.PositiveScale, 128, 10.175e-3)]
    [InlineData(QuantizationForm.PositiveScale, Side, 11.627e-3)]
    [InlineData(QuantizationForm.Asymmetric, 32, 5.847e-3)]
    [InlineData(QuantizationForm.Asymmetric, 128, 9.000e-3)]
    [InlineData(QuantizationForm.Asymmetric, Side, 11.275e-3)]
    public void Gaussian_weights_have_the_published_error(QuantizationForm form, int blockSize, double published)
    {
        QuantizedTensor tensor = GroupQuantizer.Quantize(Weights, GroupLayout.Blocks(Side, Side, 1, blockSize), form, ScaleSolvers.Exact);

        Assert.Equal(published, tensor.SquaredError / Weights.Length, SamplingError * published);
    }

    [Theory]
    [InlineData(QuantizationForm.Symmetric, 32, 10.391e-3)]
    [InlineData(QuantizationForm.Symmetric, 128, 17.265e-3)]
    [InlineData(QuantizationForm.Symmetric, Side, 23.462e-3)]
    [InlineData(QuantizationForm.PositiveScale, 32, 11.782e-3)]
    [InlineData(QuantizationForm.PositiveScale, 128, 19.096e-3)]
    [InlineData(QuantizationForm.PositiveScale, Side, 24.449e-3)]
    [InlineData(QuantizationForm.Asymmetric, 32, 8.167e-3)]
    [InlineData(QuantizationForm.Asymmetric, 128, 15.282e-3)]
    [InlineData(QuantizationForm.Asymmetric, Side, 23.157e-3)]
    public void Laplace_weights_have_the_published_error(QuantizationForm form, int blockSize, double published)
    {
        QuantizedTensor tensor = GroupQuantizer.Quantize(LaplaceWeights, GroupLayout.Blocks(Side, Side, 1, blockSize), form, ScaleSolvers.Exact);

        Assert.Equal(published, tensor.SquaredError / LaplaceWeights.Length, SamplingError * published);
    }

    [Theory]
    [InlineData(32, 5.348e-3)]
    [InlineData(128, 8.637e-3)]
    public void Real_offsets_are_below_the_published_error(int blockSize, double published)
    {
        QuantizedTensor tensor = GroupQuantizer.Quantize(Weights, GroupLayout.Blocks(Side, Side, 1, blockSize), QuantizationForm.RealOffset, ScaleSolvers.Exact);

        Assert.True(tensor.SquaredError / Weights.Length < published);
    }

    private static float[] UnitVariance(float[] weights)
    {
        float deviation = (float)Math.Sqrt(WeightSamples.Energy(weights) / weights.Length);
        return [.. weights.Select(w => w / deviation)];
    }
}
