// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

public sealed class QuadraticProgramTests
{
    private static readonly SparseMatrix Two = SparseMatrix.FromDense(new double[,] { { 2, 1 }, { 1, 2 } }), Row = SparseMatrix.FromDense(new double[,] { { 1, 1 } });

    [Fact]
    public void The_objective_is_the_formulas() =>
        Assert.Equal((0.5 * ((2 * 9) + (2 * 3 * 4) + (2 * 16))) + 3 - 8 + 7, new QuadraticProgram(Two, [1, -2], Row, [0], [1], constant: 7).Objective([3, 4]));

    [Fact]
    public void What_is_given_is_copied()
    {
        double[] linear = [1, 2], lower = [0], upper = [1];
        QuadraticProgram program = new(Two, linear, Row, lower, upper);
        linear[0] = lower[0] = upper[0] = 9;

        Assert.Equal((1, 0, 1), (program.Linear[0], program.Lower[0], program.Upper[0]));
    }

    [Fact]
    public void Sizes_must_fit()
    {
        Assert.Throws<ArgumentException>(() => new QuadraticProgram(Two, [1], Row, [0], [1]));
        Assert.Throws<ArgumentException>(() => new QuadraticProgram(Two, [1, 2], Row, [0, 0], [1]));
        Assert.Throws<ArgumentException>(() => new QuadraticProgram(Two, [1, 2], SparseMatrix.FromEntries(1, 3, []), [0], [1]));
        Assert.Throws<ArgumentException>(() => new QuadraticProgram(SparseMatrix.FromEntries(0, 0, []), [], SparseMatrix.FromEntries(0, 0, []), [], []));
        Assert.Contains("l has 1 and u 2", Assert.Throws<ArgumentException>(() => new QuadraticProgram(Two, [1, 2], Row, [0], [1, 1])).Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(2, 1)]
    [InlineData(double.NaN, 1)]
    [InlineData(0, double.NaN)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    [InlineData(double.NegativeInfinity, double.NegativeInfinity)]
    public void Bounds_must_leave_room(double lower, double upper) =>
        Assert.Contains("Row 0 of A", Assert.Throws<ArgumentException>(() => new QuadraticProgram(Two, [1, 2], Row, [lower], [upper])).Message, StringComparison.Ordinal);

    [Fact]
    public void Numbers_must_be_finite()
    {
        Assert.Contains("q holds NaN at 1", Assert.Throws<ArgumentException>(() => new QuadraticProgram(Two, [1, double.NaN], Row, [0], [1])).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new QuadraticProgram(Two, [1, 1], Row, [0], [1], double.NaN));
    }

    [Fact]
    public void One_triangle_alone_is_refused() =>
        Assert.Contains("row 0, column 1", Assert.Throws<ArgumentException>(() => new QuadraticProgram(
            SparseMatrix.FromDense(new double[,] { { 2, 1 }, { 0, 2 } }), [1, 2], Row, [0], [1])).Message, StringComparison.Ordinal);
}
