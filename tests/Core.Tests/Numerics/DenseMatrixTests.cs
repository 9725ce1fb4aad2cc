// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Numerics;

public sealed class DenseMatrixTests
{
    [Fact]
    public void Values_lie_row_after_row()
    {
        DenseMatrix matrix = new(2, 3);
        matrix[1, 2] = 5;
        matrix.Row(0)[1] = 4;

        Assert.Equal([0, 4, 0, 0, 0, 5], matrix.Values.ToArray());
    }

    [Fact]
    public void Fewer_rows_and_as_many_as_before_allocate_nothing()
    {
        DenseMatrix matrix = new(100, 7);
        matrix.Resize(3).Resize(100);
        long before = GC.GetAllocatedBytesForCurrentThread();

        matrix.Resize(1).Resize(0).Resize(100).Resize(50);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(50, matrix.Rows);
        Assert.Equal(350, matrix.Values.Length);
    }

    [Fact]
    public void Rows_that_are_added_one_by_one_are_paid_for_once_in_a_while()
    {
        DenseMatrix matrix = new(1, 256);
        matrix.Resize(2).Resize(3);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int rows = 4; rows <= 1000; rows++)
        {
            matrix.Resize(rows).Row(rows - 1)[255] = rows;
        }

        // Doubling takes at most twice the last size in all, and once again for what is thrown away.
        Assert.InRange(GC.GetAllocatedBytesForCurrentThread() - before, 1, 4L * 1000 * 256 * sizeof(float));
    }

    [Fact]
    public void Sizes_that_make_no_matrix_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseMatrix(-1, 2));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseMatrix(1, 0));
        Assert.Throws<OverflowException>(() => new DenseMatrix(1 << 20, 1 << 20));
        Assert.Throws<ArgumentOutOfRangeException>(() => new DenseMatrix(1, 1).Resize(-1));
    }
}
