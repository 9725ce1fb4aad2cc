// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.Arm;
using System.Runtime.Intrinsics.X86;

namespace MLNetExtensions.Numerics.Products;

/// <summary>Copies parts of matrices to where the tile kernel reads them without gaps.</summary>
internal static unsafe class PanelPacking<TVector, TLanes>
    where TLanes : struct, ILanes<TVector>
{
    private const int TileRows = TileKernel<TVector, TLanes>.Rows;

    /// <summary>Rows of a packed panel of A that lie row by row are this much further apart than they are long, lest they meet in the same sets of the cache.</summary>
    private const int RowPadding = 16;

    /// <summary>Floats that a packed panel of A takes.</summary>
    public static int PanelLengthA(int inner) => TileRows * (inner + RowPadding);

    /// <summary>Copies up to 6 rows of A; missing ones become zeros.</summary>
    /// <returns>The panel. Rows that were contiguous stay so, and columns likewise: the kernel takes either.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static Operand PackA(Operand a, int rows, int inner, float* panel)
    {
        if (a.ColumnStride == 1)
        {
            int stride = inner + RowPadding;
            for (int i = 0; i < TileRows; i++)
            {
                Span<float> row = new(panel + (i * stride), inner);
                if (i < rows)
                {
                    new ReadOnlySpan<float>(a.Values + (i * a.RowStride), inner).CopyTo(row);
                }
                else
                {
                    row.Clear();
                }
            }
            return new Operand(panel, stride, 1);
        }
        Debug.Assert(a.RowStride == 1, "Either rows or columns are contiguous.");
        float* source = a.Values, target = panel;
        for (int k = 0; k < inner; k++)
        {
            if (rows == TileRows)
            {
                Vector128.Load(source).Store(target);
                Vector64.Load(source + 4).Store(target + 4);
            }
            else
            {
                for (int i = 0; i < TileRows; i++)
                {
                    target[i] = i < rows ? source[i] : 0;
                }
            }
            source += a.ColumnStride;
            target += TileRows;
        }
        return new Operand(panel, 1, TileRows);
    }

    /// <summary>Copies as many columns of B as a tile has, or fewer; missing ones become zeros.</summary>
    public static void PackB(Operand b, int columns, int inner, float* panel)
    {
        if (b.ColumnStride == 1)
        {
            CopyRows(b, columns, inner, panel);
        }
        else
        {
            Debug.Assert(b.RowStride == 1, "Either rows or columns are contiguous.");
            Transpose(b, columns, inner, panel);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyRows(Operand b, int columns, int inner, float* panel)
    {
        int tile = TileKernel<TVector, TLanes>.Columns, lanes = TLanes.Count;
        float* source = b.Values;
        for (int k = 0; k < inner; k++)
        {
            if (columns == tile)
            {
                TLanes.Store(TLanes.Load(source), panel);
                TLanes.Store(TLanes.Load(source + lanes), panel + lanes);
            }
            else
            {
                TLanes.Store(TLanes.Zero, panel);
                TLanes.Store(TLanes.Zero, panel + lanes);
                for (int j = 0; j < columns; j++)
                {
                    panel[j] = source[j];
                }
            }
            source += b.RowStride;
            panel += tile;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Transpose(Operand b, int columns, int inner, float* panel)
    {
        int tile = TileKernel<TVector, TLanes>.Columns;
        int wholeColumns = columns & ~3, wholeInner = inner & ~3;
        for (int j = 0; j < wholeColumns; j += 4)
        {
            float* source = b.Values + (j * b.ColumnStride);
            for (int k = 0; k < wholeInner; k += 4)
            {
                Transpose4(source + k, b.ColumnStride, panel + (k * tile) + j, tile);
            }
        }
        for (int j = 0; j < tile; j++)
        {
            for (int k = j < wholeColumns ? wholeInner : 0; k < inner; k++)
            {
                panel[(k * tile) + j] = j < columns ? b.Values[(j * b.ColumnStride) + k] : 0;
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Transpose4(float* source, nint sourceStride, float* target, nint targetStride)
    {
        Vector128<float> row0 = Vector128.Load(source), row1 = Vector128.Load(source + sourceStride);
        Vector128<float> row2 = Vector128.Load(source + (2 * sourceStride)), row3 = Vector128.Load(source + (3 * sourceStride));
        Vector128<float> even = InterleaveLow(row0, row2), odd = InterleaveLow(row1, row3);
        InterleaveLow(even, odd).Store(target);
        InterleaveHigh(even, odd).Store(target + targetStride);
        even = InterleaveHigh(row0, row2);
        odd = InterleaveHigh(row1, row3);
        InterleaveLow(even, odd).Store(target + (2 * targetStride));
        InterleaveHigh(even, odd).Store(target + (3 * targetStride));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveLow(Vector128<float> even, Vector128<float> odd) =>
        Sse.IsSupported ? Sse.UnpackLow(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipLow(even, odd)
        : Vector128.Create(even[0], odd[0], even[1], odd[1]);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector128<float> InterleaveHigh(Vector128<float> even, Vector128<float> odd) =>
        Sse.IsSupported ? Sse.UnpackHigh(even, odd)
        : AdvSimd.Arm64.IsSupported ? AdvSimd.Arm64.ZipHigh(even, odd)
        : Vector128.Create(even[2], odd[2], even[3], odd[3]);
}
