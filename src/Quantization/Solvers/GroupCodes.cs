// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

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
        int done = 0;
        ReadOnlySpan<Vector256<float>> vectors = MemoryMarshal.Cast<float, Vector256<float>>(weights);
        for (int v = 0; v + 3 < vectors.Length; v += 4, done += Vector256<sbyte>.Count)
        {
            Vector256<short> low = Vector256.Narrow(Encode(vectors[v], group, range), Encode(vectors[v + 1], group, range));
            Vector256<short> high = Vector256.Narrow(Encode(vectors[v + 2], group, range), Encode(vectors[v + 3], group, range));
            Vector256.Narrow(low, high).CopyTo(codes[done..]);
        }
        for (int i = done; i < weights.Length; i++)
        {
            codes[i] = (sbyte)(GridError.Encode(weights[i], group.Scale, group.Offset, range) + group.ZeroPoint);
        }
    }

    private static Vector256<int> Encode(Vector256<float> weights, QuantizedGroup group, CodeRange range)
    {
        Vector256<float> codes = Vector256.Round((weights - Vector256.Create(group.Offset)) / Vector256.Create(group.Scale));
        codes = Vector256.Min(Vector256.Max(codes, Vector256.Create((float)range.Lowest)), Vector256.Create((float)range.Highest));
        return Vector256.ConvertToInt32(codes) + Vector256.Create(group.ZeroPoint);
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
