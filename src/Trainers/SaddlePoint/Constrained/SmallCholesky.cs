// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Solves small symmetric systems that ought to be positive definite; what rounding spoils, a ridge mends.</summary>
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
        double[] factor = new double[size * size], scales = new double[size];
        for (int i = 0; i < size; i++)
        {
            double diagonal = matrix[(i * size) + i];
            scales[i] = diagonal > 0 ? 1 / Math.Sqrt(diagonal) : 0;
        }
        for (double ridge = FirstRidge; ridge < 1; ridge *= 100)
        {
            if (TryFactorize(matrix, scales, ridge, factor))
            {
                Solve(factor, scales, values);
                return true;
            }
        }
        return false;
    }

    // Of the matrix scaled to a diagonal of ones; a variable without curvature is left alone.
    private static bool TryFactorize(ReadOnlySpan<double> matrix, double[] scales, double ridge, double[] factor)
    {
        int size = scales.Length;
        for (int i = 0; i < size; i++)
        {
            for (int j = 0; j <= i; j++)
            {
                double sum = i == j ? 1 + ridge : matrix[(i * size) + j] * scales[i] * scales[j];
                for (int k = 0; k < j; k++)
                {
                    sum -= factor[(i * size) + k] * factor[(j * size) + k];
                }
                if (i != j)
                {
                    factor[(i * size) + j] = sum / factor[(j * size) + j];
                }
                else if (sum > ridge / 2)
                {
                    factor[(i * size) + i] = Math.Sqrt(sum);
                }
                else
                {
                    return false;
                }
            }
        }
        return true;
    }

    private static void Solve(double[] factor, double[] scales, Span<double> values)
    {
        int size = values.Length;
        for (int i = 0; i < size; i++)
        {
            double sum = values[i] * scales[i];
            for (int k = 0; k < i; k++)
            {
                sum -= factor[(i * size) + k] * values[k];
            }
            values[i] = sum / factor[(i * size) + i];
        }
        for (int i = size - 1; i >= 0; i--)
        {
            double sum = values[i];
            for (int k = i + 1; k < size; k++)
            {
                sum -= factor[(k * size) + i] * values[k];
            }
            values[i] = sum / factor[(i * size) + i];
        }
        for (int i = 0; i < size; i++)
        {
            values[i] *= scales[i];
        }
    }
}
