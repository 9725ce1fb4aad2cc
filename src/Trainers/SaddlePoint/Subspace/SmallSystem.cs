// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Subspace;

/// <summary>A system of a few equations.</summary>
internal static class SmallSystem
{
    private const double Singular = 1e-13;

    /// <summary>Solves M v = v by elimination with partial pivoting; both are overwritten.</summary>
    /// <param name="matrix">M, row by row.</param>
    /// <param name="v">The right side, then the solution.</param>
    /// <returns>Whether M is regular in double precision and the solution finite.</returns>
    public static bool Solve(Span<double> matrix, Span<double> v)
    {
        int size = v.Length;
        double largest = 0;
        foreach (double value in matrix[..(size * size)])
        {
            largest = Math.Max(largest, Math.Abs(value));
        }
        for (int k = 0; k < size; k++)
        {
            int pivot = k;
            for (int i = k + 1; i < size; i++)
            {
                pivot = Math.Abs(matrix[(i * size) + k]) > Math.Abs(matrix[(pivot * size) + k]) ? i : pivot;
            }
            if (!(Math.Abs(matrix[(pivot * size) + k]) > Singular * largest))
            {
                return false;
            }
            if (pivot != k)
            {
                for (int j = k; j < size; j++)
                {
                    (matrix[(k * size) + j], matrix[(pivot * size) + j]) = (matrix[(pivot * size) + j], matrix[(k * size) + j]);
                }
                (v[k], v[pivot]) = (v[pivot], v[k]);
            }
            for (int i = k + 1; i < size; i++)
            {
                double factor = matrix[(i * size) + k] / matrix[(k * size) + k];
                for (int j = k + 1; j < size; j++)
                {
                    matrix[(i * size) + j] -= factor * matrix[(k * size) + j];
                }
                v[i] -= factor * v[k];
            }
        }
        for (int k = size - 1; k >= 0; k--)
        {
            for (int j = k + 1; j < size; j++)
            {
                v[k] -= matrix[(k * size) + j] * v[j];
            }
            v[k] /= matrix[(k * size) + k];
            if (!double.IsFinite(v[k]))
            {
                return false;
            }
        }
        return true;
    }
}
