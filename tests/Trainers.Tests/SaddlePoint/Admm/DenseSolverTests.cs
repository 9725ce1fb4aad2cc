// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

/// <summary>The small dense solvers beside MathNet's.</summary>
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

        new DenseCholesky(matrix.ToRowMajorArray(), size).Solve(right);

        Assert.All(expected.Zip(right), pair => Assert.Equal(pair.First, pair.Second, 1e-9));
    }

    [Theory]
    [InlineData(1, 2, 1)]
    [InlineData(-1, 0, 1)]
    [InlineData(double.NaN, 0, 1)]
    public void Cholesky_refuses_what_is_not_positive_definite(double first, double mixed, double second) =>
        Assert.Throws<ArithmeticException>(() => new DenseCholesky([first, mixed, mixed, second], 2));

    [Fact]
    public void Least_squares_are_those_of_the_orthogonal_factors()
    {
        Random random = new(2);
        const int rows = 20, columns = 5;
        double[,] matrix = RandomPrograms.Matrix(random, rows, columns);
        double[] target = RandomPrograms.Numbers(random, rows), weights = [.. Enumerable.Range(1, rows).Select(i => i / 10.0)];
        Matrix<double> weighted = Matrix<double>.Build.DenseDiagonal(rows, rows, i => weights[i]) * Matrix<double>.Build.DenseOfArray(matrix);
        double[] expected = weighted.QR().Solve(Vector<double>.Build.Dense([.. target.Zip(weights, (t, w) => t * w)])).ToArray();
        LeastSquares fit = new(rows, columns);

        double[] once = Solve(), twice = Solve();

        Assert.All(expected.Zip(once), pair => Assert.Equal(pair.First, pair.Second, 1e-10));
        Assert.Equal(once, twice);

        double[] Solve()
        {
            fit.Begin();
            for (int column = 0; column < columns; column++)
            {
                fit.Add([.. Enumerable.Range(0, rows).Select(row => matrix[row, column])], weights);
            }
            return fit.Solve(target, weights).ToArray();
        }
    }

    [Fact]
    public void Columns_that_depend_on_earlier_ones_or_are_no_numbers_get_nothing()
    {
        LeastSquares fit = new(3, 6);
        fit.Begin();
        double[] ones = [1, 1, 1];
        fit.Add([1, 0, 0], ones);
        fit.Add([0, 0, 0], ones);
        fit.Add([1e6, 0, 0], ones);
        fit.Add([1, 1, 0], ones);
        fit.Add([double.NaN, 1, 0], ones);
        fit.Add([3, 5, 0], ones);

        Assert.Equal([2, 0, 0, 3, 0, 0], fit.Solve([5, 3, 7], ones).ToArray().Select(value => Math.Round(value, 12)));
    }

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
