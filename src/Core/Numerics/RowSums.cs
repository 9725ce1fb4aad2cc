// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Numerics;

/// <summary>One row put into all rows of a matrix, and the other way round: what biases do forwards and backwards.</summary>
internal static class RowSums
{
    /// <summary>Makes all rows of a matrix equal to the given one.</summary>
    public static void SetRows(Span<float> matrix, ReadOnlySpan<float> row)
    {
        if (row.Length == 1)
        {
            matrix.Fill(row[0]);
            return;
        }
        for (int start = 0; start < matrix.Length; start += row.Length)
        {
            row.CopyTo(matrix[start..]);
        }
    }

    /// <summary>Adds all rows of a matrix to the given one.</summary>
    public static void AddRows(ReadOnlySpan<float> matrix, Span<float> row)
    {
        if (row.Length == 1)
        {
            row[0] += TensorPrimitives.Sum(matrix);
            return;
        }
        for (int start = 0; start < matrix.Length; start += row.Length)
        {
            TensorPrimitives.Add(row, matrix.Slice(start, row.Length), row);
        }
    }
}
