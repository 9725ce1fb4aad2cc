// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Codes of one group from its weights, and weights from its codes.</summary>
public static class GroupCodes
{
    /// <summary>Rounds each weight to the nearest code, half to even, and saturates.</summary>
    /// <param name="weights">The group.</param>
    /// <param name="group">Its parameters, as stored.</param>
    /// <param name="form">What the parameters mean.</param>
    /// <param name="codes">As many codes as weights: -8..7 with the symmetric forms, 0..15 with the others.</param>
    public static void Encode(ReadOnlySpan<float> weights, QuantizedGroup group, QuantizationForm form, Span<sbyte> codes)
    {
        if (codes.Length < weights.Length)
        {
            throw new ArgumentException($"There is room for {codes.Length} codes; {weights.Length} are needed.", nameof(codes));
        }
        CodeRange range = CodeRange.Of(form, group.ZeroPoint);
        for (int i = 0; i < weights.Length; i++)
        {
            codes[i] = (sbyte)(GridError.Encode(weights[i], group.Scale, group.Offset, range) + group.ZeroPoint);
        }
    }

    /// <summary>The weights that a runtime sees.</summary>
    /// <param name="codes">The codes of a group.</param>
    /// <param name="group">Its parameters, as stored.</param>
    /// <param name="form">What the parameters mean.</param>
    /// <param name="weights">As many values as codes.</param>
    public static void Decode(ReadOnlySpan<sbyte> codes, QuantizedGroup group, QuantizationForm form, Span<float> weights)
    {
        if (weights.Length < codes.Length)
        {
            throw new ArgumentException($"There is room for {weights.Length} weights; {codes.Length} are needed.", nameof(weights));
        }
        CodeRange range = CodeRange.Of(form, group.ZeroPoint);
        for (int i = 0; i < codes.Length; i++)
        {
            int code = Math.Clamp(codes[i] - group.ZeroPoint, range.Lowest, range.Highest);
            weights[i] = GridError.Decode(code, group.Scale, group.Offset);
        }
    }
}
