// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Numerics;

/// <summary>One row put into all rows of a matrix, and the other way round: what biases do forwards and backwards.</summary>
internal static class RowSums
{
    /// <summary>Makes all rows equal to the given one.</summary>
    public static void SetRows(DenseMatrix matrix, ReadOnlySpan<float> row)
    {
        if (matrix.Columns == 1)
        {
            matrix.Values.Fill(row[0]);
            return;
        }
        for (int i = 0; i < matrix.Rows; i++)
        {
            row.CopyTo(matrix.Row(i));
        }
    }

    /// <summary>Adds all rows to the given one.</summary>
    public static void AddRows(DenseMatrix matrix, Span<float> row)
    {
        if (matrix.Columns == 1)
        {
            row[0] += TensorPrimitives.Sum<float>(matrix.Values);
            return;
        }
        for (int i = 0; i < matrix.Rows; i++)
        {
            TensorPrimitives.Add(row, matrix.Row(i), row);
        }
    }
}
