// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Sixteen fits of scale and offset to one group at once, one per lane.</summary>
internal ref struct OffsetFits(ReadOnlySpan<float> weights)
{
    /// <summary>The number of fits.</summary>
    public const int Count = 16;

    /// <summary>The number of fits that share a vector.</summary>
    public const int Width = 8;

    /// <summary>Codes are integers, so their sums stay exact in single precision over so many terms.</summary>
    private const int ChunkLength = 256;

    private readonly double _sum = Sum(weights);
    private Lanes _gains;

    /// <summary>The fit that captures most of the group's energy, after the latest turn.</summary>
    public readonly int Best => TensorPrimitives.IndexOfMax<double>(((ReadOnlySpan<double>)_gains)[..Count]);

    /// <summary>Rounds with each scale and offset of some lanes, and replaces them by the least-squares fit to the codes.</summary>
    /// <returns>Whether any of them changed.</returns>
    public bool Turn(scoped ReadOnlySpan<float> weights, scoped Span<float> scales, scoped Span<float> offsets, int first, int count)
    {
        bool changed = false;
        for (int lane = first; lane < first + count; lane += Width)
        {
            changed |= TurnEight(weights, scales.Slice(lane, Width), offsets.Slice(lane, Width), ((Span<double>)_gains).Slice(lane, Width));
        }
        return changed;
    }

    private readonly bool TurnEight(ReadOnlySpan<float> weights, Span<float> scales, Span<float> offsets, Span<double> gains)
    {
        Vector256<float> inverse = Vector256<float>.One / Vector256.Create<float>(scales);
        Vector256<float> shift = -Vector256.Create<float>(offsets) * inverse;
        Vector256<float> highest = Vector256.Create(15f);
        (Vector256<double> codes, Vector256<double> squares, Vector256<double> products) = (default, default, default);
        (Vector256<double> codesHigh, Vector256<double> squaresHigh, Vector256<double> productsHigh) = (default, default, default);
        int count = weights.Length;
        while (!weights.IsEmpty)
        {
            int length = Math.Min(weights.Length, ChunkLength);
            (Vector256<float> q1, Vector256<float> q2, Vector256<float> wq) = (default, default, default);
            foreach (float weight in weights[..length])
            {
                Vector256<float> w = Vector256.Create(weight);
                Vector256<float> code = Vector256.Round(Vector256.FusedMultiplyAdd(w, inverse, shift));
                code = Vector256.Min(Vector256.Max(code, Vector256<float>.Zero), highest);
                q1 += code;
                q2 = Vector256.FusedMultiplyAdd(code, code, q2);
                wq = Vector256.FusedMultiplyAdd(w, code, wq);
            }
            codes += Vector256.WidenLower(q1);
            codesHigh += Vector256.WidenUpper(q1);
            squares += Vector256.WidenLower(q2);
            squaresHigh += Vector256.WidenUpper(q2);
            products += Vector256.WidenLower(wq);
            productsHigh += Vector256.WidenUpper(wq);
            weights = weights[length..];
        }
        return Fit(count, codes, squares, products, scales[..4], offsets[..4], gains[..4])
            | Fit(count, codesHigh, squaresHigh, productsHigh, scales[4..], offsets[4..], gains[4..]);
    }

    /// <summary>Solves the 2x2 normal equations of four lanes. Lanes whose codes are all equal stay as they are.</summary>
    private readonly bool Fit(
        int count, Vector256<double> codes, Vector256<double> squares, Vector256<double> products, Span<float> scales, Span<float> offsets, Span<double> gains)
    {
        Vector256<double> determinant = (squares * count) - (codes * codes);
        Vector256<double> scale = ((products * count) - (codes * _sum)) / determinant;
        Vector256<double> offset = (Vector256.Create(_sum) - (scale * codes)) / count;
        ((scale * products) + (offset * _sum)).CopyTo(gains);
        bool changed = false;
        for (int i = 0; i < Vector256<double>.Count; i++)
        {
            if (determinant[i] > 0 && (float)scale[i] > 0)
            {
                changed |= scales[i] != (float)scale[i] || offsets[i] != (float)offset[i];
                scales[i] = (float)scale[i];
                offsets[i] = (float)offset[i];
            }
            else
            {
                gains[i] = double.NegativeInfinity;
            }
        }
        return changed;
    }

    private static double Sum(ReadOnlySpan<float> weights)
    {
        double sum = 0;
        foreach (float weight in weights)
        {
            sum += weight;
        }
        return sum;
    }

    [InlineArray(Count)]
    private struct Lanes
    {
        private double _first;
    }
}
