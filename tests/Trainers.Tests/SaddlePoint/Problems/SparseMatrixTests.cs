// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Problems;

public sealed class SparseMatrixTests
{
    [Fact]
    public void Products_are_those_of_the_dense_matrix()
    {
        double[,] dense = { { 1, 0, 2 }, { 0, 3, 0 }, { 0, 0, 0 }, { -1, 4, 0.5 } };
        var matrix = SparseMatrix.FromDense(dense);
        double[] image = new double[4], transposed = new double[3];
        matrix.Multiply([1, 10, 100], image);
        matrix.MultiplyTransposed([1, 10, 100, 1000], transposed);
        Assert.Equal([201, 30, 0, 89], image);
        Assert.Equal([-999, 4030, 502], transposed);
        Assert.Equal((4, 3, 6), (matrix.Rows, matrix.Columns, matrix.Count));
    }

    [Fact]
    public void Entries_of_one_place_are_added_and_zeros_left_out()
    {
        var matrix = SparseMatrix.FromEntries(2, 2, [(1, 0, 2), (0, 1, 5), (1, 0, 3), (0, 0, 0), (1, 1, 1), (1, 1, -1)]);
        Assert.Equal([(0, 1, 5.0), (1, 0, 5.0)], matrix.Entries());
    }

    [Fact]
    public void Factors_of_rows_and_columns_multiply()
    {
        var matrix = SparseMatrix.FromDense(new double[,] { { 1, 2 }, { 3, 4 } }).Scaled([10, 100], [1, 0.5]);
        Assert.Equal([(0, 0, 10.0), (0, 1, 10.0), (1, 0, 300.0), (1, 1, 200.0)], matrix.Entries());
    }

    [Theory]
    [InlineData(2, 0, 1)]
    [InlineData(0, 3, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(0, 0, double.NaN)]
    [InlineData(0, 0, double.PositiveInfinity)]
    public void What_is_no_number_inside_is_refused(int row, int column, double value) =>
        Assert.Contains($"row {row}, column {column}", Assert.Throws<ArgumentException>(() => SparseMatrix.FromEntries(2, 3, [(row, column, value)])).Message, StringComparison.Ordinal);

    [Fact]
    public void Sums_that_are_no_numbers_and_sizes_beyond_arrays_are_refused()
    {
        Assert.Contains("row 0, column 1", Assert.Throws<ArgumentException>(() => SparseMatrix.FromEntries(1, 2, [(0, 1, 1e308), (0, 1, 1e308)])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => SparseMatrix.FromEntries(int.MaxValue, 1, []));
    }

    [Fact]
    public void Vectors_of_other_lengths_are_refused()
    {
        var matrix = SparseMatrix.FromDense(new double[2, 3]);
        Assert.Throws<ArgumentException>(() => matrix.Multiply(new double[2], new double[2]));
        Assert.Throws<ArgumentException>(() => matrix.MultiplyTransposed(new double[2], new double[2]));
    }
}
