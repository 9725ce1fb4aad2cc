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
