// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Inner products and weighted sums over a run of coordinates of all workers' gradients.</summary>
/// <remarks>Products are exact and summed in doubles: agreement of workers is a difference of large numbers where their gradients are noise.</remarks>
internal static class GramKernel
{
    // A tile of 4 x 2 inner products takes 8 sums and few enough operands for 16 registers.
    private const int TileRows = 4, TileColumns = 2;

    // Coordinates that are visited for all pairs before the next: what 8 workers have of them fits into a first-level cache.
    private const int CachedRun = 1024;

    /// <summary>Writes the inner products of all pairs.</summary>
    /// <param name="gradients">One slice for each worker.</param>
    /// <param name="start">The first coordinate.</param>
    /// <param name="length">How many coordinates.</param>
    /// <param name="products">Becomes workers x workers.</param>
    public static void InnerProducts(ReadOnlySpan<GradientSlice> gradients, int start, int length, Span<double> products)
    {
        int workers = gradients.Length;
        products.Clear();
        for (int done = 0; done < length; done += CachedRun)
        {
            int run = Math.Min(CachedRun, length - done);
            for (int row = 0; row < workers; row += TileRows)
            {
                for (int column = 0; column < Math.Min(row + TileRows, workers); column += TileColumns)
                {
                    AddTile(gradients, start + done, run, row, column, products);
                }
            }
        }
        for (int i = 0; i < workers; i++)
        {
            for (int j = 0; j < i; j++)
            {
                products[(j * workers) + i] = products[(i * workers) + j];
            }
        }
    }

    /// <summary>Writes the weighted sum of the gradients.</summary>
    /// <param name="gradients">One slice for each worker.</param>
    /// <param name="start">The first coordinate.</param>
    /// <param name="coefficients">One for each worker.</param>
    /// <param name="sum">Becomes the sum, as many coordinates as it is long.</param>
    public static void WeightedSum(ReadOnlySpan<GradientSlice> gradients, int start, ReadOnlySpan<double> coefficients, Span<float> sum)
    {
        for (int done = 0; done < sum.Length; done += CachedRun)
        {
            var run = sum.Slice(done, Math.Min(CachedRun, sum.Length - done));
            run.Clear();
            for (int i = 0; i < gradients.Length; i++)
            {
                // A gradient that does not count may hold what is no number.
                if (coefficients[i] != 0)
                {
                    TensorPrimitives.MultiplyAdd(gradients[i].Span(start + done, run.Length), (float)coefficients[i], run, run);
                }
            }
        }
    }

    // Where fewer workers are left than the tile is wide, the last one is computed again and not written.
    private static void AddTile(ReadOnlySpan<GradientSlice> gradients, int start, int length, int row, int column, Span<double> products)
    {
        int workers = gradients.Length, last = workers - 1;
        ref float a0 = ref First(gradients, row, start, length), a1 = ref First(gradients, Math.Min(row + 1, last), start, length);
        ref float a2 = ref First(gradients, Math.Min(row + 2, last), start, length), a3 = ref First(gradients, Math.Min(row + 3, last), start, length);
        ref float b0 = ref First(gradients, column, start, length), b1 = ref First(gradients, Math.Min(column + 1, last), start, length);
        Vector<double> s00 = default, s01 = default, s10 = default, s11 = default, s20 = default, s21 = default, s30 = default, s31 = default;
        nuint k = 0, end = (nuint)length;
        for (; k + (nuint)Vector<float>.Count <= end; k += (nuint)Vector<float>.Count)
        {
            Vector.Widen(Vector.LoadUnsafe(ref b0, k), out var b0Low, out var b0High);
            Vector.Widen(Vector.LoadUnsafe(ref b1, k), out var b1Low, out var b1High);
            Vector.Widen(Vector.LoadUnsafe(ref a0, k), out var low, out var high);
            s00 = Vector.FusedMultiplyAdd(high, b0High, Vector.FusedMultiplyAdd(low, b0Low, s00));
            s01 = Vector.FusedMultiplyAdd(high, b1High, Vector.FusedMultiplyAdd(low, b1Low, s01));
            Vector.Widen(Vector.LoadUnsafe(ref a1, k), out low, out high);
            s10 = Vector.FusedMultiplyAdd(high, b0High, Vector.FusedMultiplyAdd(low, b0Low, s10));
            s11 = Vector.FusedMultiplyAdd(high, b1High, Vector.FusedMultiplyAdd(low, b1Low, s11));
            Vector.Widen(Vector.LoadUnsafe(ref a2, k), out low, out high);
            s20 = Vector.FusedMultiplyAdd(high, b0High, Vector.FusedMultiplyAdd(low, b0Low, s20));
            s21 = Vector.FusedMultiplyAdd(high, b1High, Vector.FusedMultiplyAdd(low, b1Low, s21));
            Vector.Widen(Vector.LoadUnsafe(ref a3, k), out low, out high);
            s30 = Vector.FusedMultiplyAdd(high, b0High, Vector.FusedMultiplyAdd(low, b0Low, s30));
            s31 = Vector.FusedMultiplyAdd(high, b1High, Vector.FusedMultiplyAdd(low, b1Low, s31));
        }
        ReadOnlySpan<double> sums =
        [
            Vector.Sum(s00) + Tail(ref a0, ref b0, k, end), Vector.Sum(s01) + Tail(ref a0, ref b1, k, end),
            Vector.Sum(s10) + Tail(ref a1, ref b0, k, end), Vector.Sum(s11) + Tail(ref a1, ref b1, k, end),
            Vector.Sum(s20) + Tail(ref a2, ref b0, k, end), Vector.Sum(s21) + Tail(ref a2, ref b1, k, end),
            Vector.Sum(s30) + Tail(ref a3, ref b0, k, end), Vector.Sum(s31) + Tail(ref a3, ref b1, k, end),
        ];
        for (int i = row; i < Math.Min(row + TileRows, workers); i++)
        {
            for (int j = column; j < Math.Min(column + TileColumns, i + 1); j++)
            {
                products[(i * workers) + j] += sums[((i - row) * TileColumns) + j - column];
            }
        }
    }

    private static ref float First(ReadOnlySpan<GradientSlice> gradients, int worker, int start, int length) =>
        ref MemoryMarshal.GetReference(gradients[worker].Span(start, length));

    private static double Tail(ref float a, ref float b, nuint start, nuint end)
    {
        double sum = 0;
        for (nuint k = start; k < end; k++)
        {
            sum += (double)Unsafe.Add(ref a, k) * Unsafe.Add(ref b, k);
        }
        return sum;
    }
}
