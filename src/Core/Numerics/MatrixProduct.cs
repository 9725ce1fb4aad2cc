// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Numerics;

/// <summary>Products of single-precision matrices.</summary>
public static class MatrixProduct
{
    /// <summary>Computes <c>C = op(A) op(B)</c>, or adds it to C; all matrices are row-major without gaps.</summary>
    /// <param name="a">op(A) is rows x inner: A is so, or inner x rows when transposed.</param>
    /// <param name="transposeA">Whether op(A) is the transpose of A.</param>
    /// <param name="b">op(B) is inner x columns: B is so, or columns x inner when transposed.</param>
    /// <param name="transposeB">Whether op(B) is the transpose of B.</param>
    /// <param name="c">The result, rows x columns.</param>
    /// <param name="rows">Rows of op(A) and C.</param>
    /// <param name="columns">Columns of op(B) and C.</param>
    /// <param name="inner">Columns of op(A) and rows of op(B).</param>
    /// <param name="accumulate">Whether to add to what C holds.</param>
    /// <param name="threads">The most threads to use; the result is the same for any number.</param>
    /// <exception cref="ArgumentException">A span has another length than the sizes say.</exception>
    public static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        int rows, int columns, int inner, bool accumulate = false, int threads = 1)
    {
        if (!accumulate)
        {
            c.Clear();
        }
        for (int i = 0; i < rows; i++)
        {
            for (int k = 0; k < inner; k++)
            {
                float left = transposeA ? a[(k * rows) + i] : a[(i * inner) + k];
                for (int j = 0; j < columns; j++)
                {
                    c[(i * columns) + j] += left * (transposeB ? b[(j * inner) + k] : b[(k * columns) + j]);
                }
            }
        }
    }
}
