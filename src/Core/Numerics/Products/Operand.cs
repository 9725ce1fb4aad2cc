// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Numerics.Products;

/// <summary>A matrix in memory: element (row, column) lies at <c>Values[row * RowStride + column * ColumnStride]</c>. Transposing swaps the strides.</summary>
internal readonly unsafe struct Operand(float* values, nint rowStride, nint columnStride)
{
    public float* Values { get; } = values;

    public nint RowStride { get; } = rowStride;

    public nint ColumnStride { get; } = columnStride;

    /// <summary>The same memory with rows and columns exchanged.</summary>
    public Operand Transposed => new(Values, ColumnStride, RowStride);

    /// <summary>The part that begins at an element.</summary>
    public Operand From(nint row, nint column) => new(Values + (row * RowStride) + (column * ColumnStride), RowStride, ColumnStride);

    /// <summary>A matrix of so many rows and columns that lies row-major, or its transpose.</summary>
    public static Operand Of(float* values, int rows, int columns, bool transposed) => transposed ? new(values, 1, rows) : new(values, columns, 1);
}
