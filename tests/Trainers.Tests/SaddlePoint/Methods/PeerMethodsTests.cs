// SPDX-License-Identifier: MIT
using Xunit.Abstractions;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

public sealed class PeerMethodsTests(ITestOutputHelper output)
{
    // What a converged method may be off by: the tolerance of 1e-10 over the least singular values of these small problems.
    private const double Close = 1e-7;

    private static readonly double[] Start = [0.3, -0.7];

    public static TheoryData<ISaddleMethod> Convergent =>
    [
        new Extragradient { Step = 0.4 },
        new OptimisticGradient { Step = 0.25 },
        new PrimalDualHybridGradient { PrimalStep = 0.4, DualStep = 0.4 },
        new RestartedAnderson { Step = 0.3, Memory = 5 },
        new MinimumResidualKrylov(),
    ];

    public static TheoryData<ISaddleMethod> All =>
    [
        new GradientDescentAscent { Step = 0.05 },
        new GradientDescentAscent { Step = 0.2, Order = UpdateOrder.Alternating },
        new Extragradient { Step = 0.4 },
        new OptimisticGradient { Step = 0.25 },
        new PrimalDualHybridGradient { PrimalStep = 0.4, DualStep = 0.3 },
        new RestartedAnderson { Step = 0.3, Memory = 5 },
        new MinimumResidualKrylov(),
    ];

    [Theory]
    [MemberData(nameof(Convergent))]
    public void The_solution_of_a_bilinear_game_is_found(ISaddleMethod method) => Solves(method, AffineSaddle.Random(6, 6, convexity: 0, seed: 8));

    [Theory]
    [MemberData(nameof(All))]
    public void The_solution_of_a_quadratic_saddle_is_found(ISaddleMethod method) => Solves(method, AffineSaddle.Random(7, 5, convexity: 1, seed: 2));

    [Theory]
    [MemberData(nameof(All))]
    public void A_smooth_saddle_that_is_not_affine_is_found_except_by_MINRES_which_says_so(ISaddleMethod method)
    {
        CurvedSaddle problem = new();
        SaddleSolverOptions options = new() { Method = method, RelativeTolerance = 1e-10, MaxBundles = 2000 };
        if (method is MinimumResidualKrylov)
        {
            Assert.Contains("affine", Assert.Throws<ArgumentException>(() => SaddleSolver.Solve(problem, options)).Message, StringComparison.Ordinal);
            return;
        }

        var result = SaddleSolver.Solve(problem, options);

        Assert.Equal(SaddleStatus.Converged, result.Status);
        double[] field = new double[4];
        problem.Field([.. result.Primal, .. result.Dual], field);
        Assert.All(field, value => Assert.InRange(value, -1e-9, 1e-9));
    }

    [Fact]
    public void Descent_ascent_runs_away_from_a_bilinear_saddle_by_the_known_factor()
    {
        var iteration = new GradientDescentAscent { Step = 0.1 }.Begin(AffineSaddle.Product(2), Start);
        double before = iteration.Residual;
        iteration.Advance();

        // x - η σ y, y + η σ x: a turn, and a growth by sqrt(1 + η²σ²).
        Assert.Equal(0.3 + (0.2 * 0.7), iteration.Point[0], 12);
        Assert.Equal(-0.7 + (0.2 * 0.3), iteration.Point[1], 12);
        Assert.Equal(before * Math.Sqrt(1.04), iteration.Residual, 12);
    }

    [Fact]
    public void Alternating_descent_ascent_goes_round_a_bilinear_saddle()
    {
        var iteration = new GradientDescentAscent { Step = 0.1, Order = UpdateOrder.Alternating }.Begin(AffineSaddle.Product(2), Start);
        iteration.Advance();
        Assert.Equal(0.44, iteration.Point[0], 12);
        Assert.Equal(-0.7 + (0.2 * 0.44), iteration.Point[1], 12);
        double invariant = Invariant(iteration.Point);
        for (int step = 0; step < 1000; step++)
        {
            iteration.Advance();
        }
        Assert.Equal(invariant, Invariant(iteration.Point), 10);

        // x² + y² - ησ x y never changes.
        static double Invariant(ReadOnlySpan<double> z) => (z[0] * z[0]) + (z[1] * z[1]) - (0.2 * z[0] * z[1]);
    }

    [Fact]
    public void Extragradient_comes_nearer_to_a_bilinear_saddle_by_the_known_factor()
    {
        var iteration = new Extragradient { Step = 0.1 }.Begin(AffineSaddle.Product(2), Start);
        double before = iteration.Residual;
        iteration.Advance();

        // |1 - ησi + (ησi)²|² = 1 - η²σ² + η⁴σ⁴.
        Assert.Equal(before * Math.Sqrt(1 - 0.04 + 0.0016), iteration.Residual, 12);
    }

    [Fact]
    public void Two_optimistic_steps_are_those_written_out()
    {
        var iteration = new OptimisticGradient { Step = 0.1 }.Begin(AffineSaddle.Product(2), Start);
        iteration.Advance();
        iteration.Advance();

        // F(z) = (2y, -2x). First z1 = z0 - 0.1 F(z0), as the last field is taken to be the present one; then z2 = z1 - 0.2 F(z1) + 0.1 F(z0).
        double x1 = 0.3 + 0.14, y1 = -0.7 + 0.06;
        Assert.Equal(x1 - (0.4 * y1) + (0.2 * -0.7), iteration.Point[0], 12);
        Assert.Equal(y1 + (0.4 * x1) - (0.2 * 0.3), iteration.Point[1], 12);
    }

    [Fact]
    public void Two_hybrid_steps_are_those_written_out()
    {
        var iteration = new PrimalDualHybridGradient { PrimalStep = 0.1, DualStep = 0.2 }.Begin(AffineSaddle.Product(2), Start);
        iteration.Advance();
        double x1 = 0.3 + (0.1 * 2 * 0.7), y1 = -0.7 + (0.2 * 2 * ((2 * x1) - 0.3));
        Assert.Equal(x1, iteration.Point[0], 12);
        Assert.Equal(y1, iteration.Point[1], 12);
        // The residual of a bilinear problem costs nothing more and is the true one.
        Assert.Equal(2 * Math.Sqrt((x1 * x1) + (y1 * y1)), iteration.Residual, 12);

        iteration.Advance();
        double x2 = x1 - (0.1 * 2 * y1);
        Assert.Equal(x2, iteration.Point[0], 12);
        Assert.Equal(y1 + (0.2 * 2 * ((2 * x2) - x1)), iteration.Point[1], 12);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void To_resume_is_to_go_on(ISaddleMethod method)
    {
        var problem = AffineSaddle.Random(9, 8, convexity: 0.5, seed: 3);
        var whole = SaddleSolver.Solve(problem, new() { Method = method, RelativeTolerance = 1e-30, MaxBundles = 40 });
        var part = SaddleSolver.Solve(problem, new() { Method = method, RelativeTolerance = 1e-30, MaxBundles = 17 });
        var rest = SaddleSolver.Solve(problem, new() { Method = method, RelativeTolerance = 1e-30, MaxBundles = 40, Resume = part.State });

        Assert.True(part.Iterations < whole.Iterations);
        Assert.Equal(whole.Iterations, rest.Iterations);
        Assert.Equal([.. whole.Primal, .. whole.Dual], (double[])[.. rest.Primal, .. rest.Dual]);
        Assert.Equal(whole.Residual, rest.Residual);
    }

    [Theory]
    [MemberData(nameof(All))]
    public void A_warm_start_solves_a_changed_problem(ISaddleMethod method)
    {
        var first = AffineSaddle.Random(5, 5, convexity: 1, seed: 4);
        AffineSaddle second = new(first.Matrix, first.Constant * 1.01, 5);
        var start = SaddleSolver.Solve(first, new() { Method = method, RelativeTolerance = 1e-9, MaxBundles = 50_000 });
        var result = SaddleSolver.Solve(second, new() { Method = method, RelativeTolerance = 1e-9, MaxBundles = 50_000, WarmStart = start.State });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        AssertClose(second.Solution(), result);
    }

    [Fact]
    public void A_step_costs_what_the_documentation_says()
    {
        CurvedSaddle problem = new();
        Assert.Equal(11, Bundles(new GradientDescentAscent { Step = 0.1 }));
        Assert.Equal(11, Bundles(new GradientDescentAscent { Step = 0.1, Order = UpdateOrder.Alternating }));
        Assert.Equal(21, Bundles(new Extragradient { Step = 0.1 }));
        Assert.Equal(11, Bundles(new OptimisticGradient { Step = 0.1 }));
        Assert.Equal(11, Bundles(new PrimalDualHybridGradient { PrimalStep = 0.1, DualStep = 0.1 }));
        // The half that the first step's part of y costs is rounded up.
        Assert.Equal(12, Bundles(new RestartedAnderson { Step = 0.1 }));

        long Bundles(ISaddleMethod method)
        {
            CountedProblem counted = new(problem, 0);
            var iteration = method.Begin(counted, new double[4]);
            for (int step = 0; step < 10; step++)
            {
                iteration.Advance();
            }
            return counted.Bundles;
        }
    }

    [Fact]
    public void A_step_too_long_ends_as_not_finite()
    {
        var result = SaddleSolver.Solve(AffineSaddle.Product(1), new() { Method = new GradientDescentAscent { Step = 1e10 }, Start = Start });
        Assert.Equal(SaddleStatus.NonFinite, result.Status);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    public void Steps_that_are_no_steps_are_refused(double step)
    {
        Assert.Contains("Step", Assert.Throws<ArgumentOutOfRangeException>(() => new Extragradient { Step = step }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDescentAscent { Step = step });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OptimisticGradient { Step = step });
        Assert.Throws<ArgumentOutOfRangeException>(() => new PrimalDualHybridGradient { PrimalStep = step, DualStep = 1 });
        Assert.Contains("DualStep", Assert.Throws<ArgumentOutOfRangeException>(() => new PrimalDualHybridGradient { PrimalStep = 1, DualStep = step }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestartedAnderson { Step = step });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestartedAnderson { Step = 1, Memory = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new RestartedAnderson { Step = 1, Memory = 101 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GradientDescentAscent { Step = 1, Order = (UpdateOrder)2 });
    }

    private void Solves(ISaddleMethod method, AffineSaddle problem)
    {
        var result = SaddleSolver.Solve(problem, new() { Method = method, RelativeTolerance = 1e-10, MaxBundles = 200_000 });

        output.WriteLine($"{method.Name}: {result.Bundles} bundles");
        Assert.Equal(SaddleStatus.Converged, result.Status);
        AssertClose(problem.Solution(), result);
    }

    private static void AssertClose(double[] expected, SaddleResult result)
    {
        double[] actual = [.. result.Primal, .. result.Dual];
        double size = expected.Max(Math.Abs);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.InRange((actual[i] - expected[i]) / size, -Close, Close);
        }
    }
}
