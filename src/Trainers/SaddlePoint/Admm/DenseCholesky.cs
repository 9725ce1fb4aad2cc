// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>Solves systems with one symmetric positive definite matrix again and again: always in the same order of sums, and without allocating.</summary>
internal sealed class DenseCholesky
{
    private readonly double[] _factor;
    private readonly int _size;

    /// <summary>Factors a matrix, of which it takes hold: L comes to stand in its lower triangle.</summary>
    /// <param name="matrix">Row after row; only the lower triangle is read.</param>
    /// <param name="size">The number of rows.</param>
    /// <exception cref="ArithmeticException">It is not positive definite.</exception>
    public DenseCholesky(double[] matrix, int size)
    {
        _factor = matrix;
        _size = size;
        for (int i = 0; i < size; i++)
        {
            Span<double> row = matrix.AsSpan(i * size, i + 1);
            for (int j = 0; j < i; j++)
            {
                ReadOnlySpan<double> other = matrix.AsSpan(j * size, j + 1);
                row[j] = (row[j] - TensorPrimitives.Dot(row[..j], other[..j])) / other[j];
            }
            double pivot = row[i] - TensorPrimitives.Dot(row[..i], row[..i]);
            row[i] = pivot > 0 && double.IsFinite(pivot) ? Math.Sqrt(pivot) : throw new ArithmeticException($"The matrix is not positive definite: pivot {i} is {pivot}.");
        }
    }

    /// <summary>Replaces a right-hand side by the solution.</summary>
    public void Solve(Span<double> vector)
    {
        for (int i = 0; i < _size; i++)
        {
            vector[i] = (vector[i] - TensorPrimitives.Dot(_factor.AsSpan(i * _size, i), vector[..i])) / _factor[(i * _size) + i];
        }
        for (int i = _size - 1; i >= 0; i--)
        {
            double value = vector[i] / _factor[(i * _size) + i];
            vector[i] = value;
            TensorPrimitives.MultiplyAdd(_factor.AsSpan(i * _size, i), -value, vector[..i], vector[..i]);
        }
    }
}
