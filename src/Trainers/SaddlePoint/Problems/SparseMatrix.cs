// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>A matrix of doubles that keeps what is not zero, row by row; it never changes.</summary>
/// <example>
/// <code>
/// // | 1 0 2 |
/// // | 0 3 0 |
/// var matrix = SparseMatrix.FromEntries(2, 3, [(0, 0, 1), (0, 2, 2), (1, 1, 3)]);
/// </code>
/// </example>
public sealed class SparseMatrix
{
    private readonly int[] _starts, _columns;
    private readonly double[] _values;

    private SparseMatrix(int columns, int[] starts, int[] columnOf, double[] values)
    {
        Columns = columns;
        _starts = starts;
        _columns = columnOf;
        _values = values;
    }

    /// <summary>The number of rows.</summary>
    public int Rows => _starts.Length - 1;

    /// <summary>The number of columns.</summary>
    public int Columns { get; }

    /// <summary>The number of values that are kept.</summary>
    public int Count => _values.Length;

    /// <summary>Where each row begins in <see cref="ColumnOf"/> and <see cref="Values"/>, and where the last one ends.</summary>
    internal ReadOnlySpan<int> Starts => _starts;

    /// <summary>The column of each value, ascending in a row.</summary>
    internal ReadOnlySpan<int> ColumnOf => _columns;

    internal ReadOnlySpan<double> Values => _values;

    /// <summary>A matrix of entries in any order; those of one place are added, zeros are left out.</summary>
    /// <exception cref="ArgumentException">A size is negative or larger than arrays are, an entry lies outside, or a value or the sum of those of one place is not finite.</exception>
    public static SparseMatrix FromEntries(int rows, int columns, IEnumerable<(int Row, int Column, double Value)> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(rows, Array.MaxLength);
        ArgumentOutOfRangeException.ThrowIfNegative(columns);
        ArgumentNullException.ThrowIfNull(entries);
        (int Row, int Column, double Value)[] sorted = [.. entries];
        foreach ((int row, int column, double value) in sorted)
        {
            if ((uint)row >= (uint)rows || (uint)column >= (uint)columns || !double.IsFinite(value))
            {
                throw new ArgumentException($"The entry {value} at row {row}, column {column} is not a finite number inside a matrix of {rows} rows and {columns} columns.", nameof(entries));
            }
        }
        // A stable order, so that entries of one place are added as they came.
        sorted = [.. sorted.OrderBy(entry => ((long)entry.Row * columns) + entry.Column)];
        List<int> columnOf = new(sorted.Length);
        List<double> values = new(sorted.Length);
        int[] starts = new int[rows + 1];
        for (int i = 0; i < sorted.Length;)
        {
            (int row, int column, double sum) = sorted[i];
            for (i++; i < sorted.Length && sorted[i].Row == row && sorted[i].Column == column; i++)
            {
                sum += sorted[i].Value;
            }
            if (!double.IsFinite(sum))
            {
                throw new ArgumentException($"The entries at row {row}, column {column} add up to {sum}.", nameof(entries));
            }
            if (sum != 0)
            {
                columnOf.Add(column);
                values.Add(sum);
                starts[row + 1]++;
            }
        }
        for (int row = 0; row < rows; row++)
        {
            starts[row + 1] += starts[row];
        }
        return new SparseMatrix(columns, starts, [.. columnOf], [.. values]);
    }

    /// <summary>A matrix of the same values; zeros are left out.</summary>
    /// <exception cref="ArgumentException">A value is not finite.</exception>
    public static SparseMatrix FromDense(double[,] values)
    {
        ArgumentNullException.ThrowIfNull(values);
        int rows = values.GetLength(0), columns = values.GetLength(1);
        return FromEntries(rows, columns, Entries());

        IEnumerable<(int Row, int Column, double Value)> Entries()
        {
            for (int row = 0; row < rows; row++)
            {
                for (int column = 0; column < columns; column++)
                {
                    yield return (row, column, values[row, column]);
                }
            }
        }
    }

    /// <summary>All that is kept, row by row.</summary>
    public IEnumerable<(int Row, int Column, double Value)> Entries()
    {
        for (int row = 0; row < Rows; row++)
        {
            for (int i = _starts[row]; i < _starts[row + 1]; i++)
            {
                yield return (row, _columns[i], _values[i]);
            }
        }
    }

    /// <summary>Computes <c>image = A vector</c>.</summary>
    /// <exception cref="ArgumentException">The vector isn't as long as a row, or the image not as long as a column.</exception>
    public void Multiply(ReadOnlySpan<double> vector, Span<double> image)
    {
        CheckLengths(vector.Length, Columns, image.Length, Rows);
        for (int row = 0; row < image.Length; row++)
        {
            double sum = 0;
            for (int i = _starts[row]; i < _starts[row + 1]; i++)
            {
                sum += _values[i] * vector[_columns[i]];
            }
            image[row] = sum;
        }
    }

    /// <summary>Computes <c>image = A' vector</c>.</summary>
    /// <exception cref="ArgumentException">The vector isn't as long as a column, or the image not as long as a row.</exception>
    public void MultiplyTransposed(ReadOnlySpan<double> vector, Span<double> image)
    {
        CheckLengths(vector.Length, Rows, image.Length, Columns);
        image.Clear();
        for (int row = 0; row < vector.Length; row++)
        {
            double factor = vector[row];
            for (int i = _starts[row]; i < _starts[row + 1]; i++)
            {
                image[_columns[i]] += factor * _values[i];
            }
        }
    }

    /// <summary>The matrix with each value multiplied by a factor of its row and one of its column.</summary>
    internal SparseMatrix Scaled(ReadOnlySpan<double> rowFactors, ReadOnlySpan<double> columnFactors)
    {
        Debug.Assert(rowFactors.Length == Rows && columnFactors.Length == Columns, "One factor for each row and column.");
        double[] values = new double[_values.Length];
        for (int row = 0; row < Rows; row++)
        {
            for (int i = _starts[row]; i < _starts[row + 1]; i++)
            {
                values[i] = _values[i] * rowFactors[row] * columnFactors[_columns[i]];
            }
        }
        return new SparseMatrix(Columns, _starts, _columns, values);
    }

    private static void CheckLengths(int vector, int vectorNeeded, int image, int imageNeeded)
    {
        if (vector != vectorNeeded || image != imageNeeded)
        {
            throw new ArgumentException($"The vector has {vector} numbers and its image {image}; {vectorNeeded} and {imageNeeded} are needed.");
        }
    }
}
