// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Trainers.SaddlePoint.Admm;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Solves symmetric systems that ought to be positive definite; what rounding spoils, a ridge mends.</summary>
internal static class SmallCholesky
{
    private const double FirstRidge = 1e-15;

    /// <summary>Solves <c>A x = b</c>, where needed with a growing multiple of A's diagonal added.</summary>
    /// <param name="matrix">A, row after row.</param>
    /// <param name="values">b, then x.</param>
    /// <returns>Whether there was an answer.</returns>
    public static bool TrySolve(ReadOnlySpan<double> matrix, Span<double> values)
    {
        int size = values.Length;
        double[] factor = new double[size * size];
        if (!TryFactorize(matrix, factor, size))
        {
            return false;
        }
        Solve(factor, values);
        return true;
    }

    /// <summary>Splits <c>A = L L'</c>.</summary>
    /// <param name="matrix">A, row after row.</param>
    /// <param name="factor">Set to L in its lower triangle.</param>
    /// <param name="size">How many rows.</param>
    /// <returns>Whether A, with a small ridge perhaps, is positive definite.</returns>
    public static bool TryFactorize(ReadOnlySpan<double> matrix, double[] factor, int size)
    {
        for (double ridge = FirstRidge; ridge < 1; ridge *= 100)
        {
            if (TryFactorize(matrix, ridge, factor, size))
            {
                return true;
            }
        }
        return false;
    }

    /// <summary>Solves <c>L L' x = b</c>.</summary>
    public static void Solve(double[] factor, Span<double> values) => DenseCholesky.Solve(factor, values);

    private static bool TryFactorize(ReadOnlySpan<double> matrix, double ridge, double[] factor, int size)
    {
        for (int i = 0; i < size; i++)
        {
            var row = factor.AsSpan(i * size, size);
            double diagonal = matrix[(i * size) + i];
            for (int j = 0; j < i; j++)
            {
                var other = factor.AsSpan(j * size, j + 1);
                row[j] = (matrix[(i * size) + j] - TensorPrimitives.Dot<double>(row[..j], other[..j])) / other[j];
            }
            double left = (diagonal * (1 + ridge)) - TensorPrimitives.SumOfSquares<double>(row[..i]);
            if (diagonal == 0)
            {
                // Without curvature a variable is left where it is.
                row[..i].Clear();
                left = double.PositiveInfinity;
            }
            if (!(left > diagonal * ridge / 2))
            {
                return false;
            }
            row[i] = Math.Sqrt(left);
        }
        return true;
    }
}
