// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

/// <summary>The dense factors beside MathNet's, and the scaling.</summary>
public sealed class DenseSolverTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(7)]
    [InlineData(50)]
    public void Cholesky_solves_what_Gauss_solves(int size)
    {
        Random random = new(size);
        Matrix<double> root = Matrix<double>.Build.DenseOfArray(RandomPrograms.Matrix(random, size, size));
        Matrix<double> matrix = (root * root.Transpose()) + Matrix<double>.Build.DenseIdentity(size);
        double[] right = RandomPrograms.Numbers(random, size);
        double[] expected = matrix.LU().Solve(Vector<double>.Build.Dense([.. right])).ToArray();

        DenseCholesky.TryFactor(matrix.ToRowMajorArray(), size)!.Solve(right);

        Assert.All(expected.Zip(right), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    [InlineData(double.PositiveInfinity, 0, 1)]
    public void Cholesky_refuses_what_is_not_positive_definite(double first, double mixed, double second) =>
        Assert.Null(DenseCholesky.TryFactor([first, mixed, mixed, second], 2));

    [Fact]
    public void Scaling_makes_columns_equally_large_and_keeps_the_program()
    {
        QuadraticProgram program = RandomPrograms.Draw(seed: 1, variables: 6, rows: 9, scale: 1e4);

        ScaledProgram scaled = new(program, rounds: 10);

        for (int column = 0; column < 6; column++)
        {
            double largest = scaled.Hessian.Entries().Concat(scaled.Constraints.Entries()).Where(entry => entry.Column == column).Max(entry => Math.Abs(entry.Value));
            Assert.InRange(largest, 0.5, 2);
        }
        for (int row = 0; row < 9; row++)
        {
            Assert.InRange(scaled.Constraints.Entries().Where(entry => entry.Row == row).Max(entry => Math.Abs(entry.Value)), 0.5, 2);
        }
        double[] x = [.. scaled.Columns.Select((_, i) => i - 2.5)], original = [.. x.Zip(scaled.Columns, (value, factor) => value * factor)], rows = new double[9], scaledRows = new double[9];
        program.Constraints.Multiply(original, rows);
        scaled.Constraints.Multiply(x, scaledRows);
        Assert.Equal(scaled.Cost * (program.Objective(original) - 3), scaled.ToProgram().Objective(x), 1e-9);
        Assert.All(rows.Zip(scaled.Rows, (value, factor) => value * factor).Zip(scaledRows), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }
}
