// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;
using MLNetExtensions.Numerics.Products;

namespace MLNetExtensions.Numerics;

/// <summary>Products of single-precision matrices.</summary>
/// <remarks>
/// Computed with AVX-512, AVX2 with FMA, or <see cref="System.Numerics.Vector{T}"/>, whichever the processor has. The same operands give the
/// same bits on the same kind of processor, whatever the number of threads. After a thread's first product of a size nothing is allocated.
/// </remarks>
public static class MatrixProduct
{
    /// <summary>Whether the AVX2 path runs here; the others run everywhere.</summary>
    internal static bool HasAvx2 => Avx2.IsSupported && Fma.IsSupported;

    /// <summary>The fastest path here.</summary>
    internal static ProductPath BestPath { get; } = Vector512.IsHardwareAccelerated ? ProductPath.Avx512 : HasAvx2 ? ProductPath.Avx2 : ProductPath.Portable;

    /// <summary>Computes <c>C = op(A) op(B)</c>, or adds it to C; all matrices are row-major without gaps.</summary>
    /// <param name="a">op(A) is rows x inner: A is so, or inner x rows when transposed.</param>
    /// <param name="transposeA">Whether op(A) is the transpose of A.</param>
    /// <param name="b">op(B) is inner x columns: B is so, or columns x inner when transposed.</param>
    /// <param name="transposeB">Whether op(B) is the transpose of B.</param>
    /// <param name="c">The result, rows x columns; it may not overlap the others.</param>
    /// <param name="rows">Rows of op(A) and C.</param>
    /// <param name="columns">Columns of op(B) and C.</param>
    /// <param name="inner">Columns of op(A) and rows of op(B).</param>
    /// <param name="accumulate">Whether to add to what C holds.</param>
    /// <param name="threads">The most threads to use; the result is the same for any number.</param>
    /// <exception cref="ArgumentException">A span has another length than the sizes say.</exception>
    public static void Multiply(
        ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        int rows, int columns, int inner, bool accumulate = false, int threads = 1) =>
        Multiply(BestPath, a, transposeA, b, transposeB, c, rows, columns, inner, accumulate, threads);

    internal static unsafe void Multiply(
        ProductPath path, ReadOnlySpan<float> a, bool transposeA, ReadOnlySpan<float> b, bool transposeB, Span<float> c,
        int rows, int columns, int inner, bool accumulate, int threads)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(threads);
        Check(a.Length, nameof(a), rows, nameof(rows), inner, nameof(inner));
        Check(b.Length, nameof(b), inner, nameof(inner), columns, nameof(columns));
        Check(c.Length, nameof(c), rows, nameof(rows), columns, nameof(columns));
        if (c.IsEmpty)
        {
            return;
        }
        if (inner == 0)
        {
            if (!accumulate)
            {
                c.Clear();
            }
            return;
        }
        fixed (float* pointerA = a, pointerB = b, pointerC = c)
        {
            Operand left = Operand.Of(pointerA, rows, inner, transposeA), right = Operand.Of(pointerB, inner, columns, transposeB);
            // One row is the transpose of one column: c' = op(B)' a'.
            bool oneRow = rows == 1 && columns > 1;
            Product product = new()
            {
                A = oneRow ? right.Transposed : left,
                B = oneRow ? left.Transposed : right,
                C = pointerC,
                CStride = oneRow ? 1 : columns,
                Rows = oneRow ? columns : rows,
                Columns = oneRow ? 1 : columns,
                Inner = inner,
                Accumulate = accumulate,
                IsVector = oneRow || columns == 1,
            };
            ProductRun.Execute(product, path, threads);
        }
    }

    private static void Check(int length, string matrix, int rows, string rowsName, int columns, string columnsName)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(rows, rowsName);
        ArgumentOutOfRangeException.ThrowIfNegative(columns, columnsName);
        if (length != (long)rows * columns)
        {
            ThrowLength(length, matrix, rows, columns);
        }
    }

    [DoesNotReturn]
    private static void ThrowLength(int length, string matrix, int rows, int columns) =>
        throw new ArgumentException($"The matrix has {length} values; {rows} x {columns} are needed.", matrix);
}
