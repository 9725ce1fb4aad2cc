// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Numerics.Products;

namespace MLNetExtensions.Core.Tests.Numerics;

/// <summary>One product with random operands, and the same in double precision by the definition.</summary>
/// <remarks>NaN lies around the operands and a mark around the result: what is read beyond an operand shows in the result, what is written beyond the result in the marks.</remarks>
internal sealed record ProductCase(int Rows, int Columns, int Inner, bool TransposeA = false, bool TransposeB = false, bool Accumulate = false, int Threads = 1)
{
    private const int Margin = 19; // odd, so that nothing is aligned
    private const float Mark = 12345.5f;

    /// <summary>Shapes around the edges of tiles, panels and blocks, and those with one row, column or inner element.</summary>
    public static IEnumerable<ProductCase> All()
    {
        (int, int, int)[] sizes =
        [
            (1, 1, 1), (2, 3, 4), (5, 5, 5), (6, 16, 8), (7, 17, 9), (6, 8, 352), (12, 32, 353), (13, 33, 31), (23, 65, 3), (97, 31, 40), (103, 70, 705),
            (1, 1, 300), (1, 50, 33), (1, 67, 1), (1, 9, 70), (50, 1, 33), (66, 1, 129), (3, 1, 5), (64, 2, 1), (9, 1030, 6), (200, 10, 64), (18, 48, 17), (19, 15, 200),
        ];
        foreach (var (rows, columns, inner) in sizes)
        {
            for (int form = 0; form < 8; form++)
            {
                yield return new ProductCase(rows, columns, inner, (form & 1) != 0, (form & 2) != 0, (form & 4) != 0);
            }
        }
    }

    /// <summary>The largest error, in units of what rounding may add up to: at most 1.</summary>
    public double LargestError(ProductPath path)
    {
        float[] a = Operand(Rows * Inner, 1), b = Operand(Inner * Columns, 2), before = Result(), after = [.. before];
        MatrixProduct.Multiply(
            path, a.AsSpan(Margin..^Margin), TransposeA, b.AsSpan(Margin..^Margin), TransposeB, after.AsSpan(Margin..^Margin), Rows, Columns, Inner, Accumulate, Threads);
        double largest = after.AsSpan(..Margin).ContainsAnyExcept(Mark) || after.AsSpan(^Margin..).ContainsAnyExcept(Mark) ? double.PositiveInfinity : 0;
        for (int i = 0; i < Rows; i++)
        {
            for (int j = 0; j < Columns; j++)
            {
                int at = Margin + (i * Columns) + j;
                double exact = Accumulate ? before[at] : 0, magnitude = Math.Abs(exact);
                for (int k = 0; k < Inner; k++)
                {
                    double term = (double)a[Margin + (TransposeA ? (k * Rows) + i : (i * Inner) + k)] * b[Margin + (TransposeB ? (j * Inner) + k : (k * Columns) + j)];
                    exact += term;
                    magnitude += Math.Abs(term);
                }
                // Every order of adding up stays within this (Higham, Accuracy and Stability of Numerical Algorithms, 2002, section 3.1).
                double bound = (Inner + 1) * Math.ScaleB(1.001, -24) * magnitude;
                double error = Math.Abs(after[at] - exact) / bound;
                largest = error <= largest ? largest : error;
            }
        }
        return largest;
    }

    /// <summary>The result, for comparing bits.</summary>
    public float[] Compute(ProductPath path)
    {
        float[] c = Result();
        MatrixProduct.Multiply(
            path, Operand(Rows * Inner, 1).AsSpan(Margin..^Margin), TransposeA, Operand(Inner * Columns, 2).AsSpan(Margin..^Margin), TransposeB,
            c.AsSpan(Margin..^Margin), Rows, Columns, Inner, Accumulate, Threads);
        return c;
    }

    private static float[] Operand(int length, ulong stream)
    {
        float[] values = new float[length + (2 * Margin)];
        Array.Fill(values, float.NaN);
        new RandomStream(7, stream).FillUniform(values.AsSpan(Margin, length), -1, 1);
        return values;
    }

    private float[] Result()
    {
        float[] values = new float[(Rows * Columns) + (2 * Margin)];
        Array.Fill(values, Mark);
        // What is not accumulated to is overwritten, whatever it was.
        values.AsSpan(Margin..^Margin).Fill(float.NaN);
        if (Accumulate)
        {
            new RandomStream(7, 3).FillUniform(values.AsSpan(Margin..^Margin), -1, 1);
        }
        return values;
    }
}
