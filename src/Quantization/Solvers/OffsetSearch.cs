// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Numerics.Tensors;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Scale and real offset of a group: rounding and least squares in turn, from sixteen grids that clip a little at either end, to a stall.</summary>
/// <remarks>Each turn can only lower the error, so the result is a local minimum; the starts, side by side in the lanes, are there to find a good one.</remarks>
internal static class OffsetSearch
{
    private const int TurnsOfAll = 8;
    private const int MoreTurns = 24;
    private const int StackLength = 512;
    private const int HighestCode = 15;

    /// <summary>What is cut off below and above at all starts but the first, as parts of the range: little for most groups, much for those with outliers.</summary>
    private static readonly (float Below, float Above)[] Cuts =
    [
        (0, 0), (0, 0.05f), (0.05f, 0), (0.05f, 0.05f), (0, 0.12f), (0.12f, 0), (0.05f, 0.12f), (0.12f, 0.05f), (0.12f, 0.12f),
        (0.2f, 0.2f), (0.32f, 0.32f), (0, 0.25f), (0.25f, 0), (0, 0.5f), (0.5f, 0),
    ];

    /// <summary>The best scale and offset found; the first start is the given one.</summary>
    public static (double Scale, double Offset) Solve(ReadOnlySpan<float> weights, double startScale, double startOffset)
    {
        WeightExtremes extremes = WeightExtremes.Of(weights);
        double width = extremes.Highest - extremes.Lowest;
        if (!(width > 0))
        {
            return (1, extremes.Lowest);    // without extent, code 0 is every weight
        }
        float centre = (float)((extremes.Lowest / 2) + (extremes.Highest / 2));
        int exponent = Math.ILogB(width);
        float[]? rented = weights.Length > StackLength ? ArrayPool<float>.Shared.Rent(weights.Length) : null;
        Span<float> centred = rented is null ? stackalloc float[StackLength] : rented;
        centred = centred[..weights.Length];
        for (int i = 0; i < weights.Length; i++)
        {
            centred[i] = weights[i] - centre;
        }
        if (exponent != 0)
        {
            double factor = Math.ScaleB(1, -exponent);
            for (int i = 0; i < centred.Length; i++)
            {
                centred[i] = (float)(centred[i] * factor);
            }
        }
        (double scale, double offset) = BestOfStarts(centred, Math.ScaleB(startScale, -exponent), Math.ScaleB(startOffset - centre, -exponent));
        if (rented is not null)
        {
            ArrayPool<float>.Shared.Return(rented);
        }
        return (Math.ScaleB(scale, exponent), centre + Math.ScaleB(offset, exponent));
    }

    private static (double Scale, double Offset) BestOfStarts(ReadOnlySpan<float> weights, double startScale, double startOffset)
    {
        Span<float> scales = stackalloc float[OffsetFits.Count];
        Span<float> offsets = stackalloc float[OffsetFits.Count];
        float lowest = TensorPrimitives.Min(weights);
        float range = TensorPrimitives.Max(weights) - lowest;
        scales[0] = (float)startScale;
        offsets[0] = (float)startOffset;
        for (int i = 0; i < Cuts.Length; i++)
        {
            scales[i + 1] = range * (1 - Cuts[i].Below - Cuts[i].Above) / HighestCode;
            offsets[i + 1] = lowest + (range * Cuts[i].Below);
        }
        OffsetFits fits = new(weights);
        for (int turn = 0; turn < TurnsOfAll && fits.Turn(weights, scales, offsets, 0, OffsetFits.Count); turn++)
        {
        }
        // The starts beside the best one go on with it: a vector costs the same with one lane of interest as with eight.
        int first = fits.Best & -OffsetFits.Width;
        for (int turn = 0; turn < MoreTurns && fits.Turn(weights, scales, offsets, first, OffsetFits.Width); turn++)
        {
        }
        int best = fits.Best;
        return (scales[best], offsets[best]);
    }
}
