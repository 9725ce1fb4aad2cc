// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Admm;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

public sealed class InfeasibilityTests
{
    private static readonly SparseMatrix Identity = SparseMatrix.FromDense(new double[,] { { 1, 0 }, { 0, 1 } });

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Rows_that_contradict_each_other_are_shown_to(int memory)
    {
        // x + y >= 3, x <= 1, y <= 1; and 2x within bounds that play no part.
        SparseMatrix rows = SparseMatrix.FromDense(new double[,] { { 1, 1 }, { 1, 0 }, { 0, 1 }, { 2, 0 } });
        double[] lower = [3, double.NegativeInfinity, double.NegativeInfinity, -10], upper = [double.PositiveInfinity, 1, 1, 10];

        AdmmResult result = AdmmSolver.Solve(new QuadraticProgram(Identity, [1, -1], rows, lower, upper), new AdmmOptions { Memory = memory });

        Assert.Equal(SaddleStatus.InfeasibleSuspected, result.Status);
        ProgramCertificate certificate = result.Certificate!;
        Assert.False(certificate.IsUnbounded);
        // -(x + y) + x + y = 0, while the bounds would allow at most -3 + 1 + 1 = -1.
        Assert.Equal([-1, 1, 1, 0], certificate.Direction.Select(value => Math.Round(value, 6)));
        Assert.Equal(-1, certificate.Slope, 6);
        Assert.InRange(certificate.Violation, 0, 1e-8);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void An_objective_that_falls_without_end_is_shown_to(int memory)
    {
        // x² - y with y >= 0 and x + y >= -1.
        SparseMatrix hessian = SparseMatrix.FromDense(new double[,] { { 2, 0 }, { 0, 0 } }), rows = SparseMatrix.FromDense(new double[,] { { 0, 1 }, { 1, 1 } });

        AdmmResult result = AdmmSolver.Solve(
            new QuadraticProgram(hessian, [0, -1], rows, [0, -1], [double.PositiveInfinity, double.PositiveInfinity]), new AdmmOptions { Memory = memory });

        Assert.Equal(SaddleStatus.InfeasibleSuspected, result.Status);
        Assert.True(result.Certificate!.IsUnbounded);
        Assert.Equal([0, 1], result.Certificate.Direction.Select(value => Math.Round(value, 6)));
        Assert.Equal(-1, result.Certificate.Slope, 6);
    }

    [Fact]
    public void Random_rows_that_contradict_each_other_have_a_certificate_that_holds()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            Random random = new(seed);
            double[,] rows = RandomPrograms.Matrix(random, 6, 4);
            double[] weights = RandomPrograms.Numbers(random, 5), lower = [.. Enumerable.Repeat(double.NegativeInfinity, 6)], upper = RandomPrograms.Numbers(random, 6);
            // The last row is minus a positive combination of the others, with a bound that is 1/2 too small for them.
            upper[5] = -0.5;
            for (int i = 0; i < 5; i++)
            {
                upper[5] -= Math.Abs(weights[i]) * upper[i];
            }
            for (int j = 0; j < 4; j++)
            {
                rows[5, j] = -Enumerable.Range(0, 5).Sum(i => Math.Abs(weights[i]) * rows[i, j]);
            }
            QuadraticProgram program = new(SparseMatrix.FromEntries(4, 4, []), RandomPrograms.Numbers(random, 4), SparseMatrix.FromDense(rows), lower, upper);

            AdmmResult result = AdmmSolver.Solve(program);

            Assert.Equal(SaddleStatus.InfeasibleSuspected, result.Status);
            AssertHolds(program, result.Certificate!);
        }
    }

    [Fact]
    public void A_feasible_program_that_takes_long_is_not_suspected()
    {
        for (int seed = 0; seed < 10; seed++)
        {
            AdmmResult result = AdmmSolver.Solve(RandomPrograms.Draw(seed, variables: 12, rows: 20, scale: 1e4), new AdmmOptions { Memory = seed % 2 * 10, RhoInterval = 0, Rho = 1e-4, CheckEvery = 1, MaxIterations = 3000 });

            Assert.NotEqual(SaddleStatus.InfeasibleSuspected, result.Status);
        }
    }

    private static void AssertHolds(QuadraticProgram program, ProgramCertificate certificate)
    {
        double[] direction = [.. certificate.Direction];
        double[] image = new double[program.Variables];
        if (certificate.IsUnbounded)
        {
            double slope = direction.Zip(program.Linear, (x, q) => x * q).Sum();
            double[] rows = new double[program.Rows];
            program.Hessian.Multiply(direction, image);
            program.Constraints.Multiply(direction, rows);
            Assert.All(image, value => Assert.Equal(0, value, 1e-6));
            Assert.True(slope < -1e-3);
            Assert.All(rows, value => Assert.True(value <= 1e-6));
            return;
        }
        program.Constraints.MultiplyTransposed(direction, image);
        Assert.All(image, value => Assert.Equal(0, value, 1e-6));
        Assert.All(direction, value => Assert.True(value >= -1e-6));
        Assert.True(direction.Zip(program.Upper, (y, u) => y * u).Sum() < -1e-3);
    }
}
