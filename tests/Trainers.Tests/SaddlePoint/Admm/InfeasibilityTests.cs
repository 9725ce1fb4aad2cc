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

    // Their multipliers are as large as the costs, which is no sign that there are none.
    [Theory]
    [InlineData(0)]
    [InlineData(10)]
    public void Large_costs_and_large_bounds_are_no_contradiction(int memory)
    {
        foreach ((double cost, double bound) in new[] { (1e10, 1), (1, 1e10), (1e10, 1e10) })
        {
            AdmmResult result = AdmmSolver.Solve(
                new QuadraticProgram(SparseMatrix.FromEntries(1, 1, []), [cost], SparseMatrix.FromDense(new double[,] { { 1 } }), [bound], [double.PositiveInfinity]), new AdmmOptions { Memory = memory });

            Assert.Equal(SaddleStatus.Converged, result.Status);
            Assert.Equal(1, result.Primal[0] / bound, 1e-6);
            Assert.Equal(-1, result.Dual[0] / cost, 1e-6);
        }
    }

    [Theory]
    [InlineData(1e10, 1)]
    [InlineData(1, 1e10)]
    [InlineData(1e10, 1e10)]
    public void Random_programs_with_large_numbers_are_not_suspected(double costs, double bounds)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            QuadraticProgram drawn = RandomPrograms.Draw(seed, variables: 6, rows: 9);
            QuadraticProgram program = new(drawn.Hessian, [.. drawn.Linear.Select(value => value * costs)], drawn.Constraints, [.. drawn.Lower.Select(value => value * bounds)], [.. drawn.Upper.Select(value => value * bounds)]);

            AdmmResult result = AdmmSolver.Solve(program, new AdmmOptions { Memory = seed % 2 * 10, CheckEvery = 1, MaxIterations = 2000 });

            Assert.NotEqual(SaddleStatus.InfeasibleSuspected, result.Status);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(1e6)]
    [InlineData(1e10)]
    public void Contradictions_and_falls_of_any_size_are_found(double size)
    {
        // size <= x <= ... <= -size; and -size x with x >= 0 alone.
        SparseMatrix one = SparseMatrix.FromDense(new double[,] { { 1 } }), two = SparseMatrix.FromDense(new double[,] { { 1 }, { 1 } }), none = SparseMatrix.FromEntries(1, 1, []);

        AdmmResult contradiction = AdmmSolver.Solve(new QuadraticProgram(none, [1], two, [size, double.NegativeInfinity], [double.PositiveInfinity, -size]));
        AdmmResult fall = AdmmSolver.Solve(new QuadraticProgram(none, [-size], one, [0], [double.PositiveInfinity]));

        Assert.Equal((SaddleStatus.InfeasibleSuspected, false), (contradiction.Status, contradiction.Certificate?.IsUnbounded));
        Assert.Equal((SaddleStatus.InfeasibleSuspected, true), (fall.Status, fall.Certificate?.IsUnbounded));
        // One look is not enough.
        Assert.True(Math.Min(contradiction.Iterations, fall.Iterations) > 25, $"{contradiction.Iterations} and {fall.Iterations} steps");
    }

    [Fact]
    public void Multipliers_of_bounds_that_are_not_there_count_as_much_as_their_rows()
    {
        // x >= 1 and 1e8 x >= 0: the second row's multiplier may not be positive.
        QuadraticProgram program = new(
            SparseMatrix.FromEntries(1, 1, []), [1], SparseMatrix.FromDense(new double[,] { { 1 }, { 1e8 } }), [1, 0], [double.PositiveInfinity, double.PositiveInfinity]);

        Assert.Null(new InfeasibilitySearch(program, 1e-8).Find([0], [-1, 1e-8]));
    }

    [Fact]
    public void Rounding_is_no_contradiction()
    {
        // x <= 0.1, y <= 0.7, x + y >= 0.8, where 0.1 + 0.7 - 0.8 = -1e-16; and as costs along rows that allow each direction.
        SparseMatrix rows = SparseMatrix.FromDense(new double[,] { { 1, 0 }, { 0, 1 }, { 1, 1 } });
        QuadraticProgram tight = new(
            SparseMatrix.FromEntries(2, 2, []), [0, 0], rows, [double.NegativeInfinity, double.NegativeInfinity, 0.8], [0.1, 0.7, double.PositiveInfinity]);
        QuadraticProgram level = new(SparseMatrix.FromEntries(3, 3, []), [0.1, 0.7, -0.8], SparseMatrix.FromEntries(0, 3, []), [], []);

        Assert.Null(new InfeasibilitySearch(tight, 1e-8).Find([0, 0], [1, 1, -1]));
        Assert.Null(new InfeasibilitySearch(level, 1e-8).Find([1, 1, 1], []));
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
