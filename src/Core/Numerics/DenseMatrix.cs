// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Numerics;

/// <summary>A row-major matrix of floats with a buffer that is reused: the batches that flow through layers.</summary>
/// <remarks>Changing the number of rows allocates only when more are needed than ever before. Not safe for several threads at once.</remarks>
public sealed class DenseMatrix
{
    private float[] _values;

    /// <summary>A matrix of zeros.</summary>
    public DenseMatrix(int rows, int columns)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(columns);
        _values = new float[checked(rows * columns)];
        Rows = rows;
        Columns = columns;
    }

    /// <summary>How many rows there are now.</summary>
    public int Rows { get; private set; }

    /// <summary>The length of a row; it never changes.</summary>
    public int Columns { get; }

    /// <summary>All values, row after row.</summary>
    public Span<float> Values => _values.AsSpan(0, Rows * Columns);

    /// <summary>One value.</summary>
    public ref float this[int row, int column]
    {
        get
        {
            Debug.Assert((uint)row < (uint)Rows && (uint)column < (uint)Columns, "The value lies in the matrix.");
            return ref _values[(row * Columns) + column];
        }
    }

    /// <summary>One row.</summary>
    public Span<float> Row(int row)
    {
        Debug.Assert((uint)row < (uint)Rows, "The row lies in the matrix.");
        return _values.AsSpan(row * Columns, Columns);
    }

    /// <summary>Sets the number of rows. What the values are then is undefined.</summary>
    /// <returns>The matrix itself.</returns>
    public DenseMatrix Resize(int rows)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        int needed = checked(rows * Columns);
        if (needed > _values.Length)
        {
            _values = GC.AllocateUninitializedArray<float>(Math.Max(needed, (int)Math.Min(2L * _values.Length, Array.MaxLength)));
        }
        Rows = rows;
        return this;
    }
}
