// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Tests.Solvers;

public sealed class GroupCodesTests
{
    [Fact]
    public void Half_way_values_round_to_even_and_far_values_saturate()
    {
        float[] weights = [0.5f, 1.5f, 2.5f, -0.5f, -1.5f, -9, 8.4f, 7.5f];
        sbyte[] codes = new sbyte[8];

        GroupCodes.Encode(weights, new QuantizedGroup(1, 0, 0, 0), QuantizationForm.Symmetric, codes);

        Assert.Equal<sbyte>([0, 2, 2, 0, -2, -8, 7, 7], codes);
    }

    [Theory]
    [InlineData(QuantizationForm.Symmetric, -0.31f, 0, 0f)]
    [InlineData(QuantizationForm.PositiveScale, 0.31f, 0, 0f)]
    [InlineData(QuantizationForm.Asymmetric, 0.31f, 3, 0f)]
    [InlineData(QuantizationForm.RealOffset, 0.31f, 0, -1.7f)]
    public void Long_groups_have_the_codes_of_single_weights(QuantizationForm form, float scale, int zeroPoint, float offset)
    {
        float[] weights = WeightSamples.Draw("gaussian", 133, 4);
        QuantizedGroup group = new(scale, zeroPoint, offset, 0);
        sbyte[] codes = new sbyte[weights.Length];
        sbyte[] single = new sbyte[1];

        GroupCodes.Encode(weights, group, form, codes);

        for (int i = 0; i < weights.Length; i++)
        {
            GroupCodes.Encode(weights.AsSpan(i, 1), group, form, single);
            Assert.Equal(single[0], codes[i]);
        }
    }

    [Fact]
    public void Decoding_inverts_encoding_of_grid_points()
    {
        sbyte[] codes = [.. Enumerable.Range(0, 16).Select(i => (sbyte)i)];
        float[] weights = new float[16];
        sbyte[] again = new sbyte[16];
        QuantizedGroup group = new(0.1f, 5, 0, 0);

        GroupCodes.Decode(codes, group, QuantizationForm.Asymmetric, weights);
        GroupCodes.Encode(weights, group, QuantizationForm.Asymmetric, again);

        Assert.Equal(codes, again);
        Assert.Equal(0, weights[5]);
    }

    [Fact]
    public void Too_little_room_is_refused()
    {
        ArgumentException error = Assert.Throws<ArgumentException>(() =>
            GroupCodes.Encode(new float[4], new QuantizedGroup(1, 0, 0, 0), QuantizationForm.Symmetric, new sbyte[3]));

        Assert.Contains("room for 3 codes; 4 are needed", error.Message, StringComparison.Ordinal);
    }
}
