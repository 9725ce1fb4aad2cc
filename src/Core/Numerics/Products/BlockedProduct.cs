// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace MLNetExtensions.Numerics.Products;

/// <summary>A product in blocks that fit the caches, as Goto and van de Geijn describe ("Anatomy of high-performance matrix multiplication", 2008).</summary>
/// <remarks>
/// A panel of B (inner block x 2 registers) stays in the first cache while the panels of a block of A pass from the second. What is read
/// only a few times is not packed but read where it lies. Blocks of the inner dimension depend on its length alone, so that the bits
/// of an element depend neither on packing nor on how C is shared out to threads.
/// </remarks>
internal static unsafe class BlockedProduct<TVector, TLanes>
    where TLanes : struct, ILanes<TVector>
{
    private const int MostInner = 352;
    private const int BlockRows = 16 * TileRows;
    private const int BlockColumns = 1024;
    private const int TileRows = TileKernel<TVector, TLanes>.Rows;

    private static int TileColumns
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => TileKernel<TVector, TLanes>.Columns;
    }

    public static void Multiply(in Product product)
    {
        // Packing pays from the third use on; a transposed B has to be packed, since the kernel reads rows of it.
        bool packA = product.Columns > 2 * TileColumns;
        bool packB = product.B.ColumnStride != 1 || product.Rows > 3 * TileRows;
        int innerBlocks = Math.Max(1, (product.Inner + MostInner - 1) / MostInner);
        int block = (((product.Inner + innerBlocks - 1) / innerBlocks) + 3) & ~3;
        var buffers = PackingBuffers.OfThisThread;
        float* bufferA = buffers.A((packA ? Math.Min(BlockRows, product.Rows + TileRows) / TileRows : 1) * PanelLengthA(block));
        float* bufferB = buffers.B((packB ? Math.Min(BlockColumns, product.Columns + TileColumns) : TileColumns) * block);
        float* tile = buffers.Tile(TileRows * TileColumns);
        for (int column = 0; column < product.Columns; column += BlockColumns)
        {
            var columns = product.ColumnsOf(column, Math.Min(BlockColumns, product.Columns - column));
            for (int k = 0; k < product.Inner; k += block)
            {
                var part = columns with
                {
                    A = columns.A.From(0, k),
                    B = columns.B.From(k, 0),
                    Inner = Math.Min(block, product.Inner - k),
                    Accumulate = product.Accumulate || k > 0,
                };
                PackB(part, packB, bufferB);
                for (int row = 0; row < product.Rows; row += BlockRows)
                {
                    MultiplyBlock(part.RowsOf(row, Math.Min(BlockRows, product.Rows - row)), packA, bufferA, packB, bufferB, tile);
                }
            }
        }
    }

    private static int PanelLengthA(int inner) => PanelPacking<TVector, TLanes>.PanelLengthA(inner);

    // Where not all panels are packed, the narrow last one is: the kernel reads whole registers.
    private static void PackB(in Product part, bool all, float* buffer)
    {
        int tileColumns = TileColumns;
        for (int column = all ? 0 : part.Columns / tileColumns * tileColumns; column < part.Columns; column += tileColumns)
        {
            PanelPacking<TVector, TLanes>.PackB(part.B.From(0, column), Math.Min(tileColumns, part.Columns - column), part.Inner, buffer);
            buffer += tileColumns * part.Inner;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void MultiplyBlock(in Product part, bool packA, float* bufferA, bool packB, float* bufferB, float* tile)
    {
        int panels = (part.Rows + TileRows - 1) / TileRows, tileColumns = TileColumns, panelLength = PanelLengthA(part.Inner);
        Operand* rows = stackalloc Operand[BlockRows / TileRows];
        for (int i = 0; i < panels; i++)
        {
            var panel = part.A.From(i * TileRows, 0);
            int height = Math.Min(TileRows, part.Rows - (i * TileRows));
            rows[i] = packA || height < TileRows
                ? PanelPacking<TVector, TLanes>.PackA(panel, height, part.Inner, bufferA + (packA ? i * panelLength : 0))
                : panel;
        }
        for (int column = 0; column < part.Columns; column += tileColumns)
        {
            int width = Math.Min(tileColumns, part.Columns - column);
            bool packed = packB || width < tileColumns;
            float* b = packed ? bufferB + ((packB ? column : 0) * part.Inner) : part.B.Values + column;
            nint stride = packed ? tileColumns : part.B.RowStride;
            for (int i = 0; i < panels; i++)
            {
                int height = Math.Min(TileRows, part.Rows - (i * TileRows));
                float* c = part.C + (i * TileRows * part.CStride) + column;
                if (width == tileColumns && height == TileRows)
                {
                    TileKernel<TVector, TLanes>.Multiply(part.Inner, rows[i], b, stride, c, part.CStride, part.Accumulate);
                }
                else
                {
                    TileKernel<TVector, TLanes>.Multiply(part.Inner, rows[i], b, stride, tile, tileColumns, accumulate: false);
                    CopyPart(tile, c, part.CStride, height, width, part.Accumulate);
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void CopyPart(float* tile, float* c, nint cStride, int rows, int columns, bool accumulate)
    {
        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                c[j] = accumulate ? c[j] + tile[j] : tile[j];
            }
            tile += TileColumns;
            c += cStride;
        }
    }
}
