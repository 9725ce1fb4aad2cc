// SPDX-License-Identifier: MIT
using System.Diagnostics;
using MLNetExtensions.Numerics;
using MLNetExtensions.Numerics.Products;

namespace MLNetExtensions.Core.Tests.Numerics;

public sealed class MatrixProductTests
{
    [Theory]
    [InlineData("Portable")]
    [InlineData("Avx2")]
    [InlineData("Avx512")]
    public void Every_form_and_shape_is_right_to_rounding(string name)
    {
        var path = Enum.Parse<ProductPath>(name);
        if (path == ProductPath.Avx2 && !MatrixProduct.HasAvx2)
        {
            return;
        }
        Assert.All(ProductCase.All(), shape => Assert.InRange(shape.LargestError(path), 0, 1));
    }

    [Fact]
    public void Every_form_and_shape_is_right_on_a_processor_without_AVX2()
    {
        ProcessStartInfo start = new("dotnet", ["exec", typeof(ChildProgram).Assembly.Location, "products"]) { RedirectStandardOutput = true };
        start.Environment["DOTNET_EnableAVX2"] = "0";
        using var child = Process.Start(start)!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.Equal($"{ProductPath.Portable} {ProductCase.All().Count()} right", output.Trim());
    }

    [Theory]
    [InlineData(500, 300, 200, false, false)]
    [InlineData(500, 300, 200, true, true)]
    [InlineData(70, 1500, 64, false, true)]
    [InlineData(70, 1500, 64, true, false)]
    [InlineData(5000, 1, 301, false, false)]
    [InlineData(5000, 1, 301, true, false)]
    [InlineData(1, 3003, 301, false, false)]
    [InlineData(1, 3003, 301, false, true)]
    public void Any_number_of_threads_gives_the_same_bits(int rows, int columns, int inner, bool transposeA, bool transposeB)
    {
        ProductCase single = new(rows, columns, inner, transposeA, transposeB, Accumulate: true);
        float[] expected = single.Compute(MatrixProduct.BestPath);

        Assert.All([2, 3, 5, 16], threads => Assert.Equal(expected, (single with { Threads = threads }).Compute(MatrixProduct.BestPath)));
        Assert.InRange((single with { Threads = 3 }).LargestError(MatrixProduct.BestPath), 0, 1);
    }

    [Fact]
    public void Many_threads_may_multiply_with_many_threads_at_once()
    {
        ProductCase product = new(300, 200, 100, Threads: 4);
        float[] expected = product.Compute(MatrixProduct.BestPath);

        Parallel.For(0, 200, new ParallelOptions { MaxDegreeOfParallelism = 8 }, _ => Assert.Equal(expected, product.Compute(MatrixProduct.BestPath)));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Nothing_is_allocated_after_the_first_product_of_a_size(int threads)
    {
        float[] a = new float[300 * 200], b = new float[200 * 100], c = new float[300 * 100];
        void Multiply() => MatrixProduct.Multiply(a, false, b, false, c, 300, 100, 200, threads: threads);
        // The pool's queue grows at first.
        for (int i = 0; i < 100; i++)
        {
            Multiply();
        }
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 100; i++)
        {
            Multiply();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    [Theory]
    [InlineData(40, 50)]
    [InlineData(40, 1)]
    [InlineData(1, 50)]
    public void What_is_not_finite_stays_in_its_row_and_column(int rows, int columns)
    {
        const int inner = 30;
        float[] a = new float[rows * inner], b = new float[inner * columns], c = new float[rows * columns];
        Array.Fill(a, 1);
        Array.Fill(b, 1);
        a[((rows - 1) * inner) + 3] = float.PositiveInfinity;
        b[(5 * columns) + columns - 1] = float.NaN;

        MatrixProduct.Multiply(a, false, b, false, c, rows, columns, inner);

        for (int i = 0; i < rows; i++)
        {
            for (int j = 0; j < columns; j++)
            {
                Assert.Equal(j == columns - 1 ? float.NaN : i == rows - 1 ? float.PositiveInfinity : inner, c[(i * columns) + j]);
            }
        }
    }

    [Fact]
    public void A_sum_of_nothing_is_zero_or_what_was_there()
    {
        float[] c = [1, 2, 3, 4, 5, 6];

        MatrixProduct.Multiply([], false, [], false, c, 2, 3, 0, accumulate: true);
        Assert.Equal([1, 2, 3, 4, 5, 6], c);

        MatrixProduct.Multiply([], false, [], false, c, 2, 3, 0);
        Assert.Equal([0, 0, 0, 0, 0, 0], c);

        MatrixProduct.Multiply([], false, new float[12], false, [], 0, 3, 4);
    }

    [Fact]
    public void Sizes_that_do_not_fit_are_refused()
    {
        var error = Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[5], false, new float[6], false, new float[4], 2, 2, 3));
        Assert.StartsWith("The matrix has 5 values; 2 x 3 are needed.", error.Message, StringComparison.Ordinal);
        Assert.Equal("a", error.ParamName);
        Assert.Equal("b", Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[6], false, new float[7], false, new float[4], 2, 2, 3)).ParamName);
        Assert.Equal("c", Assert.Throws<ArgumentException>(() => MatrixProduct.Multiply(new float[6], false, new float[6], false, new float[3], 2, 2, 3)).ParamName);
        Assert.Equal("rows", Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(new float[6], false, new float[6], false, new float[4], -2, 2, 3)).ParamName);
        Assert.Equal("threads", Assert.Throws<ArgumentOutOfRangeException>(() => MatrixProduct.Multiply(new float[6], false, new float[6], false, new float[4], 2, 2, 3, threads: 0)).ParamName);
    }
}
