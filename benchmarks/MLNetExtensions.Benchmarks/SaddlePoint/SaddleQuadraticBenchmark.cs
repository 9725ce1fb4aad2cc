// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Methods;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>Quadratic saddles <c>½x'Hx + x'Ay - ½y'Gy + b'x + c'y</c> by the subspace method and its peers.</summary>
public sealed class SaddleQuadraticBenchmark : IBenchmark
{
    private const int Seeds = 5, NormSteps = 100;
    private const long Cap = 20_000;

    /// <inheritdoc/>
    public string Name => "saddle-quadratic";

    /// <inheritdoc/>
    public string Summary => "quadratic saddles, easy to weakly curved: bundles of the subspace method and of its peers at their best steps";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Add("construction", "A = U diag(s) V' with random orthonormal bases and s in equal ratios from 1 to 1/kappa; H and G likewise with eigenvalues between the bounds; b, c and the start standard normal");
        report.Add("bundle", "one product with each of A, A', H and G");
        report.Add("subspace", "the default has the displacement to MINRES' point among its directions where there is curvature, so it stays near MINRES by construction; with gradients only it does not");
        report.Add("steps", $"over the norm of the field's matrix, by {NormSteps} power steps; best of the grid on seed 0, a step given up once it needs more bundles than the best so far or its residual is 1e6 times the first; then used on all seeds; at most {Cap} bundles");
        Case(report, "200 x 200, kappa 10, eigenvalues 1e-2 to 1", 200, 200, 10, 1e-2, 1, isJudgedByMinres: true);
        Case(report, "200 x 100, kappa 100, eigenvalues 1e-3 to 1", 200, 100, 100, 1e-3, 1, isJudgedByMinres: false);
        Case(report, "300 x 300, kappa 100, eigenvalues 1e-4 to 1e-1", 300, 300, 100, 1e-4, 1e-1, isJudgedByMinres: false);
    }

    private static void Case(BenchmarkReport report, string name, int primal, int dual, double condition, double low, double high, bool isJudgedByMinres)
    {
        (ISaddleProblem Problem, double[] Start)[] draws = [.. Enumerable.Range(0, Seeds).Select(seed =>
        {
            RandomStream random = new((ulong)seed, (ulong)primal, (ulong)dual);
            QuadraticSaddle problem = new(
                RandomMatrices.WithEigenvalues(primal, low, high, random), RandomMatrices.WithSingularValues(primal, dual, 1 / condition, 1, random),
                RandomMatrices.WithEigenvalues(dual, low, high, random), RandomMatrices.Normal(primal, random), RandomMatrices.Normal(dual, random));
            return ((ISaddleProblem)problem, RandomMatrices.Normal(primal + dual, random));
        })];
        SaddleContest contest = new(report, name, draws, [.. draws.Select(draw => Norm(draw.Problem, draw.Start))]);
        var subspace = contest.Enter("subspace (defaults: least residual, memory 5)", new SequentialSubspace(), Cap);
        contest.Enter("subspace, memory 1", new SequentialSubspace { Memory = 1 }, Cap);
        contest.Enter("subspace, memory 10", new SequentialSubspace { Memory = 10 }, Cap);
        contest.Enter("subspace, Galerkin", new SequentialSubspace { Step = SubspaceStep.Galerkin }, Cap);
        contest.Enter("subspace, gradients only (as in the paper)", new SequentialSubspace { ConjugateDirections = false }, Cap);
        contest.Enter("subspace, hybrid", new SequentialSubspace { Step = SubspaceStep.Hybrid }, Cap);
        var minres = contest.Enter("MINRES", new MinimumResidualKrylov(), Cap);
        var extragradient = contest.Enter(SteppedMethod.Extragradient, Cap);
        foreach (var method in new[] { SteppedMethod.Optimistic, SteppedMethod.Hybrid, SteppedMethod.Anderson(5), SteppedMethod.Anderson(20), SteppedMethod.DescentAscent, SteppedMethod.Alternating })
        {
            contest.Enter(method, Cap);
        }
        contest.Show();
        report.AtMost($"{name}, most over extragradient's bundles", MostRatio(subspace, extragradient), 1);
        if (isJudgedByMinres)
        {
            report.AtMost($"{name}, most over MINRES' bundles", MostRatio(subspace, minres), 1.5);
        }
        else
        {
            report.Add($"{name}, most over MINRES' bundles", MostRatio(subspace, minres));
        }
    }

    private static double MostRatio(SaddleResult[] ours, SaddleResult[] theirs) =>
        ours.Zip(theirs, (our, their) => our.Status == SaddleStatus.Converged ? (double)our.Bundles / their.Bundles : double.PositiveInfinity).Max();

    // K = [[H, A], [-A', G]]: with S, which changes the sign of what belongs to y, K' = S K S, so a power step for K'K takes two products.
    private static double Norm(ISaddleProblem problem, double[] start)
    {
        double[] vector = [.. start], first = new double[start.Length], second = new double[start.Length];
        double norm = 0;
        for (int step = 0; step < NormSteps; step++)
        {
            TensorPrimitives.Divide(vector, TensorPrimitives.Norm<double>(vector), vector);
            Multiply();
            norm = TensorPrimitives.Norm<double>(vector);
            Turn();
            Multiply();
            Turn();
        }
        return norm;

        void Multiply()
        {
            problem.Images(start, vector, first, second);
            TensorPrimitives.Add(first, second, vector);
        }

        void Turn()
        {
            var dual = vector.AsSpan(problem.PrimalSize);
            TensorPrimitives.Negate(dual, dual);
        }
    }
}
