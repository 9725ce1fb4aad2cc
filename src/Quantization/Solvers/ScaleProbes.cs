// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The squared error at sixteen scales in one pass over a group: scales lie in the lanes, so nothing is summed across lanes.</summary>
internal static class ScaleProbes
{
    /// <summary>The number of scales per pass.</summary>
    public const int Count = 16;

    /// <summary>Single-precision sums are moved to double after so many terms, which bounds their relative error by <see cref="RelativeError"/>.</summary>
    private const int ChunkLength = 256;

    /// <summary>A bound on the relative error of a result: 256 roundings of a sum of positive terms, and codes that differ near a tie.</summary>
    public const double RelativeError = 3e-5;

    /// <summary>The squared error of rounding to multiples 0..cap of each scale.</summary>
    public static void Errors(SplitGroup group, int positiveCap, int negativeCap, ReadOnlySpan<float> scales, Span<double> errors) =>
        Measure<Rounding>(group, positiveCap, negativeCap, scales, errors);

    /// <summary>The part of the squared error beyond the largest multiple: it only grows as the scale falls.</summary>
    public static void ClippingErrors(SplitGroup group, int positiveCap, int negativeCap, ReadOnlySpan<float> scales, Span<double> errors) =>
        Measure<Clipping>(group, positiveCap, negativeCap, scales, errors);

    private static void Measure<TResidual>(SplitGroup group, int positiveCap, int negativeCap, ReadOnlySpan<float> scales, Span<double> errors)
        where TResidual : struct, IResidual
    {
        Vector256<float> first = Vector256.Create(scales);
        Vector256<float> second = Vector256.Create(scales[8..]);
        Sums sums = default;
        Accumulate<TResidual>(group.Positives, first, second, positiveCap, ref sums);
        Accumulate<TResidual>(group.Negatives, first, second, negativeCap, ref sums);
        sums.A.CopyTo(errors);
        sums.B.CopyTo(errors[4..]);
        sums.C.CopyTo(errors[8..]);
        sums.D.CopyTo(errors[12..]);
    }

    private static void Accumulate<TResidual>(ReadOnlySpan<float> magnitudes, Vector256<float> first, Vector256<float> second, int cap, ref Sums sums)
        where TResidual : struct, IResidual
    {
        Vector256<float> firstInverse = Vector256<float>.One / first;
        Vector256<float> secondInverse = Vector256<float>.One / second;
        Vector256<float> limit = Vector256.Create((float)cap);
        while (!magnitudes.IsEmpty)
        {
            int length = Math.Min(magnitudes.Length, ChunkLength);
            Vector256<float> firstSum = Vector256<float>.Zero;
            Vector256<float> secondSum = Vector256<float>.Zero;
            foreach (float magnitude in magnitudes[..length])
            {
                Vector256<float> m = Vector256.Create(magnitude);
                firstSum = Square(TResidual.Of(m, first, firstInverse, limit), firstSum);
                secondSum = Square(TResidual.Of(m, second, secondInverse, limit), secondSum);
            }
            sums.A += Vector256.WidenLower(firstSum);
            sums.B += Vector256.WidenUpper(firstSum);
            sums.C += Vector256.WidenLower(secondSum);
            sums.D += Vector256.WidenUpper(secondSum);
            magnitudes = magnitudes[length..];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<float> Square(Vector256<float> difference, Vector256<float> sum) => Vector256.FusedMultiplyAdd(difference, difference, sum);

    private interface IResidual
    {
        static abstract Vector256<float> Of(Vector256<float> magnitude, Vector256<float> scale, Vector256<float> inverse, Vector256<float> limit);
    }

    private readonly struct Rounding : IResidual
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> magnitude, Vector256<float> scale, Vector256<float> inverse, Vector256<float> limit) =>
            Vector256.FusedMultiplyAdd(-Vector256.Min(Vector256.Round(magnitude * inverse), limit), scale, magnitude);
    }

    private readonly struct Clipping : IResidual
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public static Vector256<float> Of(Vector256<float> magnitude, Vector256<float> scale, Vector256<float> inverse, Vector256<float> limit) =>
            Vector256.Max(Vector256.FusedMultiplyAdd(-limit, scale, magnitude), Vector256<float>.Zero);
    }

    private struct Sums
    {
        public Vector256<double> A;
        public Vector256<double> B;
        public Vector256<double> C;
        public Vector256<double> D;
    }
}
