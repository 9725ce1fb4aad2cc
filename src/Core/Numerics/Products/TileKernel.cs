// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace MLNetExtensions.Numerics.Products;

/// <summary>The innermost loop: a tile of C, 6 rows by 2 registers, stays in 12 registers while a column of A meets a row of B.</summary>
/// <remarks>12 + 2 for B + 1 for A fill the 16 registers of AVX2. An element of C is one chain of multiply-adds along the inner dimension, whatever tile it lies in.</remarks>
internal static unsafe class TileKernel<TVector, TLanes>
    where TLanes : struct, ILanes<TVector>
{
    public const int Rows = 6;

    public static int Columns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => 2 * TLanes.Count;
    }

    /// <summary>Computes one tile.</summary>
    /// <param name="inner">How many columns of A and rows of B.</param>
    /// <param name="a">The first element of 6 rows of A; its strides are counted in floats.</param>
    /// <param name="b">The first element of a panel of B whose rows are contiguous.</param>
    /// <param name="bStride">From one row of the panel to the next.</param>
    /// <param name="c">The first element of the tile.</param>
    /// <param name="cStride">From one row of the tile to the next.</param>
    /// <param name="accumulate">Whether to add to what the tile holds.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(int inner, Operand a, float* b, nint bStride, float* c, nint cStride, bool accumulate)
    {
        int lanes = TLanes.Count;
        nint step = a.ColumnStride, row = a.RowStride;
        float* top = a.Values, bottom = top + (3 * row);
        TVector c00 = TLanes.Zero, c01 = TLanes.Zero, c10 = TLanes.Zero, c11 = TLanes.Zero, c20 = TLanes.Zero, c21 = TLanes.Zero;
        TVector c30 = TLanes.Zero, c31 = TLanes.Zero, c40 = TLanes.Zero, c41 = TLanes.Zero, c50 = TLanes.Zero, c51 = TLanes.Zero;
        for (int k = 0; k < inner; k++)
        {
            TVector b0 = TLanes.Load(b), b1 = TLanes.Load(b + lanes);
            TVector left = TLanes.Broadcast(top);
            c00 = TLanes.MultiplyAdd(left, b0, c00);
            c01 = TLanes.MultiplyAdd(left, b1, c01);
            left = TLanes.Broadcast(top + row);
            c10 = TLanes.MultiplyAdd(left, b0, c10);
            c11 = TLanes.MultiplyAdd(left, b1, c11);
            left = TLanes.Broadcast(top + (2 * row));
            c20 = TLanes.MultiplyAdd(left, b0, c20);
            c21 = TLanes.MultiplyAdd(left, b1, c21);
            left = TLanes.Broadcast(bottom);
            c30 = TLanes.MultiplyAdd(left, b0, c30);
            c31 = TLanes.MultiplyAdd(left, b1, c31);
            left = TLanes.Broadcast(bottom + row);
            c40 = TLanes.MultiplyAdd(left, b0, c40);
            c41 = TLanes.MultiplyAdd(left, b1, c41);
            left = TLanes.Broadcast(bottom + (2 * row));
            c50 = TLanes.MultiplyAdd(left, b0, c50);
            c51 = TLanes.MultiplyAdd(left, b1, c51);
            top += step;
            bottom += step;
            b += bStride;
        }
        Store(c, c00, c01, accumulate);
        Store(c + cStride, c10, c11, accumulate);
        Store(c + (2 * cStride), c20, c21, accumulate);
        Store(c + (3 * cStride), c30, c31, accumulate);
        Store(c + (4 * cStride), c40, c41, accumulate);
        Store(c + (5 * cStride), c50, c51, accumulate);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Store(float* c, TVector first, TVector second, bool accumulate)
    {
        if (accumulate)
        {
            first = TLanes.Add(TLanes.Load(c), first);
            second = TLanes.Add(TLanes.Load(c + TLanes.Count), second);
        }
        TLanes.Store(first, c);
        TLanes.Store(second, c + TLanes.Count);
    }
}
