// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint.Subspace;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Subspace;

public sealed class ThinQrTests
{
    [Fact]
    public void Columns_that_are_nearly_parallel_get_an_orthonormal_basis()
    {
        const int Rows = 50, Count = 6;
        Random random = new(51);
        double[] common = SaddleExamples.Vector(Rows, random);
        double[][] columns = [.. Enumerable.Range(0, Count).Select(_ => SaddleExamples.Vector(Rows, random).Zip(common, (noise, value) => value + (1e-7 * noise)).ToArray())];
        ThinQr qr = new(Rows, Count);
        foreach (double[] column in columns)
        {
            qr.Add(column, 0);
        }
        Matrix<double> q = Matrix<double>.Build.DenseOfColumns(Enumerable.Range(0, Count).Select(j => qr.Q(j).ToArray()));
        Matrix<double> r = Matrix<double>.Build.Dense(Count, Count, (i, j) => i <= j ? qr.R(i, j) : 0);

        Assert.Equal(Count, qr.Rank);
        Assert.InRange((q.TransposeThisAndMultiply(q) - Matrix<double>.Build.DenseIdentity(Count)).FrobeniusNorm(), 0, 1e-14);
        Assert.InRange(((q * r) - Matrix<double>.Build.DenseOfColumns(columns)).FrobeniusNorm(), 0, 1e-13 * Math.Sqrt(Rows * Count));
    }

    [Fact]
    public void Dependent_columns_and_zeros_are_left_out()
    {
        ThinQr qr = new(3, 5);
        qr.Add([1, 2, 3], 0);
        qr.Add([0, 0, 0], 0);
        qr.Add([-2, -4, -6], 0);
        qr.Add([double.NaN, 1, 1], 0);
        qr.Add([1, 0, 0], 0);
        double[] values = [7, 8], spread = new double[5];
        qr.Spread(values, spread);

        Assert.Equal((5, 2, 0, 4), (qr.Columns, qr.Rank, qr.Column(0), qr.Column(1)));
        Assert.Equal([7, 0, 0, 0, 8], spread);
    }

    [Fact]
    public void Least_squares_are_those_of_another_library()
    {
        const int Rows = 20, Count = 5;
        Random random = new(2);
        double[][] columns = [.. Enumerable.Range(0, Count).Select(_ => SaddleExamples.Vector(Rows, random))];
        double[] target = SaddleExamples.Vector(Rows, random), values = new double[Count];
        Matrix<double> matrix = Matrix<double>.Build.DenseOfColumns(columns);
        double[] expected = matrix.QR().Solve(Vector<double>.Build.Dense(target)).ToArray();
        ThinQr qr = new(Rows, Count);
        foreach (double[] column in columns)
        {
            qr.Add(column, 0);
        }
        qr.Project(target, values);
        qr.SolveUpper(values);

        Assert.All(values.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-12));
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(9)]
    public void Small_systems_are_solved_as_by_elimination(int size)
    {
        Random random = new(size);
        Matrix<double> matrix = Matrix<double>.Build.Dense(size, size, (_, _) => SaddleExamples.Normal(random));
        double[] right = SaddleExamples.Vector(size, random);
        double[] expected = matrix.Solve(Vector<double>.Build.Dense(right)).ToArray();

        Assert.True(SmallSystem.Solve(matrix.ToRowMajorArray(), right));
        Assert.All(right.Zip(expected), pair => Assert.Equal(pair.Second, pair.First, 1e-10));
        Assert.False(SmallSystem.Solve(new double[size * size], right));
    }
}
