// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

public sealed class SaddleResumeTests
{
    public static TheoryData<string, ISaddleMethod> Methods { get; } = new()
    {
        { "game", new SequentialSubspace() },
        { "quadratic", new SequentialSubspace() },
        { "quadratic", new SequentialSubspace { ConjugateDirections = false, Memory = 3 } },
        { "quadratic", new SequentialSubspace { NemirovskiPair = true, Step = SubspaceStep.Hybrid } },
        { "quadratic", new SequentialSubspace { ProximalWeight = 1e-3 } },
        { "smooth", new SequentialSubspace() },
        { "smooth", new SequentialSubspace { NemirovskiPair = true } },
        { "infeasible", new SequentialSubspace() },
    };

    [Theory]
    [MemberData(nameof(Methods))]
    public void Who_resumes_does_what_the_uninterrupted_would_have_done(string problem, ISaddleMethod method)
    {
        SaddleResult whole = SaddleSolver.Solve(Problem(problem), new() { Method = method, MaxBundles = 150 });
        foreach (int interruption in new[] { 1, 19, 53, 149 })
        {
            SaddleResult first = SaddleSolver.Solve(Problem(problem), new() { Method = method, MaxBundles = interruption });
            SaddleResult rest = SaddleSolver.Solve(Problem(problem), new() { Resume = first.State, MaxBundles = 150 });

            Assert.Equal(whole.Primal, rest.Primal);
            Assert.Equal(whole.Dual, rest.Dual);
            Assert.Equal((whole.Status, whole.Iterations, whole.Bundles, whole.RelativeResidual), (rest.Status, rest.Iterations, rest.Bundles, rest.RelativeResidual));
        }
    }

    [Fact]
    public void A_state_can_be_resumed_twice()
    {
        SaddleResult first = SaddleSolver.Solve(Problem("quadratic"), new() { MaxBundles = 30 });
        SaddleResult once = SaddleSolver.Solve(Problem("quadratic"), new() { Resume = first.State });
        SaddleResult twice = SaddleSolver.Solve(Problem("quadratic"), new() { Resume = first.State });

        Assert.Equal(once.Primal, twice.Primal);
        Assert.Equal(once.Bundles, twice.Bundles);
    }

    [Theory]
    [InlineData("game")]
    [InlineData("quadratic")]
    [InlineData("smooth")]
    public void A_warm_start_from_the_solution_takes_no_step(string problem)
    {
        SaddleResult solved = SaddleSolver.Solve(Problem(problem), new() { MaxBundles = 5000 });
        SaddleResult again = SaddleSolver.Solve(Problem(problem), new() { WarmStart = solved.State });

        Assert.Equal(SaddleStatus.Converged, solved.Status);
        Assert.Equal((SaddleStatus.Converged, 0), (again.Status, again.Iterations));
    }

    [Fact]
    public void A_warm_start_on_a_similar_problem_takes_less()
    {
        QuadraticSaddle Saddle(double change)
        {
            Random random = new(22);
            double[,] a = SaddleExamples.Coupling(40, 30, 20, random).ToArray(), h = SaddleExamples.Symmetric(40, 1e-2, 1, random).ToArray();
            double[] b = SaddleExamples.Vector(40, random);
            b[3] += change;
            return new QuadraticSaddle(h, a, null, b);
        }
        SaddleResult earlier = SaddleSolver.Solve(Saddle(0));
        SaddleResult cold = SaddleSolver.Solve(Saddle(1e-5));
        SaddleResult warm = SaddleSolver.Solve(Saddle(1e-5), new() { WarmStart = earlier.State });

        Assert.Equal((SaddleStatus.Converged, SaddleStatus.Converged), (cold.Status, warm.Status));
        Assert.True(warm.Bundles < 0.8 * cold.Bundles, $"{warm.Bundles} bundles warm, {cold.Bundles} cold.");
        Assert.All(warm.Primal.Zip(cold.Primal), pair => Assert.Equal(pair.First, pair.Second, 1e-5));
    }

    [Theory]
    [InlineData(1e-9)]
    [InlineData(1e9)]
    public void A_warm_start_does_not_measure_by_the_earlier_problem(double unit)
    {
        Random random = new(23);
        double[,] a = SaddleExamples.Coupling(30, 30, 10, random).ToArray();
        double[] b = SaddleExamples.Vector(30, random), c = SaddleExamples.Vector(30, random);
        SaddleResult earlier = SaddleSolver.Solve(new BilinearSaddle(a, b, c), new() { Start = [.. Enumerable.Repeat(1e10, 60)] });
        BilinearSaddle similar = new(a, [.. b.Select(value => unit * value)], [.. c.Select(value => unit * value)]);
        SaddleResult cold = SaddleSolver.Solve(similar, new() { RelativeTolerance = 1e-10 });
        SaddleResult warm = SaddleSolver.Solve(similar, new() { WarmStart = earlier.State, AbsoluteTolerance = 1e-7 * unit, RelativeTolerance = 0 });

        Assert.Equal(SaddleStatus.Converged, warm.Status);
        Assert.All(warm.Primal.Zip(cold.Primal), pair => Assert.Equal(pair.Second, pair.First, 1e-5 * unit));
    }

    [Fact]
    public void A_warm_start_of_a_game_takes_no_more_than_a_start_at_the_point()
    {
        Random random = new(24);
        double[,] a = SaddleExamples.Coupling(60, 60, 10, random).ToArray();
        double[] b = SaddleExamples.Vector(60, random), c = SaddleExamples.Vector(60, random);
        SaddleResult earlier = SaddleSolver.Solve(new BilinearSaddle(a, b, c), new() { RelativeTolerance = 1e-3 });
        BilinearSaddle similar = new(a, [.. b.Select(value => 1.1 * value)], c);
        SaddleResult warm = SaddleSolver.Solve(similar, new() { WarmStart = earlier.State, RelativeTolerance = 0, AbsoluteTolerance = 1e-7 });
        SaddleResult start = SaddleSolver.Solve(similar, new() { Start = [.. earlier.Primal, .. earlier.Dual], RelativeTolerance = 0, AbsoluteTolerance = 1e-7 });

        // One bundle for the field at zeros.
        Assert.Equal(start.Bundles + 1, warm.Bundles);
    }

    [Fact]
    public void States_of_other_problems_and_two_beginnings_are_refused()
    {
        SaddleState state = SaddleSolver.Solve(Problem("quadratic"), new() { MaxBundles = 3 }).State;
        BilinearSaddle other = SaddleExamples.Bilinear(40, 60, 3, new Random(1));

        Assert.Contains("60 and 40 variables; this problem has 40 and 60", Assert.Throws<ArgumentException>(() => SaddleSolver.Solve(other, new() { WarmStart = state })).Message, StringComparison.Ordinal);
        Assert.Contains("one of them", Assert.Throws<ArgumentException>(() => SaddleSolver.Solve(Problem("quadratic"), new() { WarmStart = state, Resume = state })).Message, StringComparison.Ordinal);
        Assert.Contains("one of them", Assert.Throws<ArgumentException>(() => SaddleSolver.Solve(Problem("quadratic"), new() { Resume = state, Start = new double[100] })).Message, StringComparison.Ordinal);
    }

    private static ISaddleProblem Problem(string name)
    {
        Random random = new(21);
        return name switch
        {
            "game" => SaddleExamples.Bilinear(60, 60, 30, random),
            "quadratic" => SaddleExamples.Quadratic(60, 40, 30, 1e-2, 1, random),
            "infeasible" => SaddleExamples.Bilinear(30, 20, 10, random),
            _ => SmoothExample.Make(20, 15, random),
        };
    }
}
