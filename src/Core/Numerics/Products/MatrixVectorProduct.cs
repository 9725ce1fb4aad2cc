// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace MLNetExtensions.Numerics.Products;

/// <summary>Products with a vector, C = A x: each element of A is used once, so they run as fast as memory is read.</summary>
/// <remarks>Four rows or columns of A at a time; which four depends on their number alone, and threads get whole fours.</remarks>
internal static unsafe class MatrixVectorProduct<TVector, TLanes>
    where TLanes : struct, ILanes<TVector>
{
    public static void Multiply(in Product product)
    {
        if (product.A.ColumnStride == 1)
        {
            Dots(product);
        }
        else
        {
            Combine(product);
        }
    }

    // Rows of A are contiguous: one inner product for each.
    private static void Dots(in Product product)
    {
        float* x = product.B.Values, row = product.A.Values, c = product.C;
        nint stride = product.A.RowStride;
        int i = 0;
        for (; i <= product.Rows - 4; i += 4)
        {
            FourDots(row, stride, x, product.Inner, c + i, product.Accumulate);
            row += 4 * stride;
        }
        for (; i < product.Rows; i++)
        {
            float dot = Dot(row, x, product.Inner);
            c[i] = product.Accumulate ? c[i] + dot : dot;
            row += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void FourDots(float* row0, nint stride, float* x, int length, float* c, bool accumulate)
    {
        int lanes = TLanes.Count, k = 0;
        float* row1 = row0 + stride, row2 = row1 + stride, row3 = row2 + stride;
        TVector sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        TVector other0 = TLanes.Zero, other1 = TLanes.Zero, other2 = TLanes.Zero, other3 = TLanes.Zero;
        for (; k <= length - (2 * lanes); k += 2 * lanes)
        {
            TVector first = TLanes.Load(x + k), second = TLanes.Load(x + k + lanes);
            sum0 = TLanes.MultiplyAdd(TLanes.Load(row0 + k), first, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Load(row1 + k), first, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Load(row2 + k), first, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Load(row3 + k), first, sum3);
            other0 = TLanes.MultiplyAdd(TLanes.Load(row0 + k + lanes), second, other0);
            other1 = TLanes.MultiplyAdd(TLanes.Load(row1 + k + lanes), second, other1);
            other2 = TLanes.MultiplyAdd(TLanes.Load(row2 + k + lanes), second, other2);
            other3 = TLanes.MultiplyAdd(TLanes.Load(row3 + k + lanes), second, other3);
        }
        if (k <= length - lanes)
        {
            TVector last = TLanes.Load(x + k);
            sum0 = TLanes.MultiplyAdd(TLanes.Load(row0 + k), last, sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Load(row1 + k), last, sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Load(row2 + k), last, sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Load(row3 + k), last, sum3);
            k += lanes;
        }
        float dot0 = TLanes.Sum(TLanes.Add(sum0, other0)), dot1 = TLanes.Sum(TLanes.Add(sum1, other1));
        float dot2 = TLanes.Sum(TLanes.Add(sum2, other2)), dot3 = TLanes.Sum(TLanes.Add(sum3, other3));
        for (; k < length; k++)
        {
            dot0 = TLanes.MultiplyAdd(row0[k], x[k], dot0);
            dot1 = TLanes.MultiplyAdd(row1[k], x[k], dot1);
            dot2 = TLanes.MultiplyAdd(row2[k], x[k], dot2);
            dot3 = TLanes.MultiplyAdd(row3[k], x[k], dot3);
        }
        c[0] = accumulate ? c[0] + dot0 : dot0;
        c[1] = accumulate ? c[1] + dot1 : dot1;
        c[2] = accumulate ? c[2] + dot2 : dot2;
        c[3] = accumulate ? c[3] + dot3 : dot3;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static float Dot(float* row, float* x, int length)
    {
        int lanes = TLanes.Count, k = 0;
        TVector sum0 = TLanes.Zero, sum1 = TLanes.Zero, sum2 = TLanes.Zero, sum3 = TLanes.Zero;
        for (; k <= length - (4 * lanes); k += 4 * lanes)
        {
            sum0 = TLanes.MultiplyAdd(TLanes.Load(row + k), TLanes.Load(x + k), sum0);
            sum1 = TLanes.MultiplyAdd(TLanes.Load(row + k + lanes), TLanes.Load(x + k + lanes), sum1);
            sum2 = TLanes.MultiplyAdd(TLanes.Load(row + k + (2 * lanes)), TLanes.Load(x + k + (2 * lanes)), sum2);
            sum3 = TLanes.MultiplyAdd(TLanes.Load(row + k + (3 * lanes)), TLanes.Load(x + k + (3 * lanes)), sum3);
        }
        for (; k <= length - lanes; k += lanes)
        {
            sum0 = TLanes.MultiplyAdd(TLanes.Load(row + k), TLanes.Load(x + k), sum0);
        }
        float dot = TLanes.Sum(TLanes.Add(TLanes.Add(sum0, sum1), TLanes.Add(sum2, sum3)));
        for (; k < length; k++)
        {
            dot = TLanes.MultiplyAdd(row[k], x[k], dot);
        }
        return dot;
    }

    // Columns of A are contiguous: C is the combination of them that x names.
    private static void Combine(in Product product)
    {
        float* x = product.B.Values, column = product.A.Values;
        nint stride = product.A.ColumnStride;
        if (!product.Accumulate)
        {
            new Span<float>(product.C, product.Rows).Clear();
        }
        int k = 0;
        for (; k <= product.Inner - 4; k += 4)
        {
            AddFour(column, stride, x + k, product.C, product.Rows);
            column += 4 * stride;
        }
        for (; k < product.Inner; k++)
        {
            AddOne(column, x + k, product.C, product.Rows);
            column += stride;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddFour(float* column0, nint stride, float* x, float* c, int length)
    {
        int lanes = TLanes.Count, i = 0;
        float* column1 = column0 + stride, column2 = column1 + stride, column3 = column2 + stride;
        TVector x0 = TLanes.Broadcast(x), x1 = TLanes.Broadcast(x + 1), x2 = TLanes.Broadcast(x + 2), x3 = TLanes.Broadcast(x + 3);
        for (; i <= length - lanes; i += lanes)
        {
            TVector sum = TLanes.MultiplyAdd(TLanes.Load(column0 + i), x0, TLanes.Load(c + i));
            sum = TLanes.MultiplyAdd(TLanes.Load(column1 + i), x1, sum);
            sum = TLanes.MultiplyAdd(TLanes.Load(column2 + i), x2, sum);
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(column3 + i), x3, sum), c + i);
        }
        for (; i < length; i++)
        {
            float sum = TLanes.MultiplyAdd(column0[i], x[0], c[i]);
            sum = TLanes.MultiplyAdd(column1[i], x[1], sum);
            sum = TLanes.MultiplyAdd(column2[i], x[2], sum);
            c[i] = TLanes.MultiplyAdd(column3[i], x[3], sum);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void AddOne(float* column, float* x, float* c, int length)
    {
        int lanes = TLanes.Count, i = 0;
        TVector factor = TLanes.Broadcast(x);
        for (; i <= length - lanes; i += lanes)
        {
            TLanes.Store(TLanes.MultiplyAdd(TLanes.Load(column + i), factor, TLanes.Load(c + i)), c + i);
        }
        for (; i < length; i++)
        {
            c[i] = TLanes.MultiplyAdd(column[i], *x, c[i]);
        }
    }
}
