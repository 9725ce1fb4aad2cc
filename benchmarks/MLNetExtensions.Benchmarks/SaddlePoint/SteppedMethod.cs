// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Methods;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>A method whose step size is the best of a grid.</summary>
/// <param name="Name">What it is called.</param>
/// <param name="Grid">Steps, times the norm of the field's matrix.</param>
/// <param name="At">The method at a step.</param>
internal sealed record SteppedMethod(string Name, double[] Grid, Func<double, ISaddleMethod> At)
{
    public static SteppedMethod DescentAscent { get; } =
        new("descent-ascent", [0.01, 0.02, 0.05, 0.1, 0.2, 0.5, 1, 1.5], step => new GradientDescentAscent { Step = step });

    public static SteppedMethod Alternating { get; } =
        new("alternating descent-ascent", [0.05, 0.1, 0.2, 0.5, 1, 1.5, 1.9, 2.1], step => new GradientDescentAscent { Step = step, Order = UpdateOrder.Alternating });

    public static SteppedMethod Extragradient { get; } =
        new("extragradient", [0.2, 0.4, 0.6, 0.7, 0.8, 0.9, 0.95, 0.99], step => new Extragradient { Step = step });

    public static SteppedMethod Optimistic { get; } =
        new("optimistic gradient", [0.1, 0.2, 0.3, 0.4, 0.45, 0.5, 0.55, 0.57], step => new OptimisticGradient { Step = step });

    public static SteppedMethod Hybrid { get; } =
        new("PDHG", [0.2, 0.5, 0.7, 0.9, 0.99, 1.05, 1.1, 1.15], step => new PrimalDualHybridGradient { PrimalStep = step, DualStep = step });

    public static SteppedMethod Anderson(int memory) =>
        new($"restarted Anderson({memory})", [0.1, 0.2, 0.5, 1, 1.5, 1.9, 2.5, 3], step => new RestartedAnderson { Step = step, Memory = memory });

    /// <summary>The grid as text.</summary>
    public string GridText => string.Join(" ", Grid.Select(step => step.ToString(CultureInfo.InvariantCulture)));

    /// <summary>Finds the best step for one problem: the one that converges with the fewest bundles, and where none does, the one that comes nearest.</summary>
    /// <remarks>A step is given up once it has used as many bundles as the best so far needed.</remarks>
    /// <param name="run">Runs a method for at most so many bundles.</param>
    /// <param name="scale">The norm of the field's matrix.</param>
    /// <param name="cap">The most bundles.</param>
    public (double Step, SaddleResult Result) Tune(Func<ISaddleMethod, long, SaddleResult> run, double scale, long cap)
    {
        (double Step, SaddleResult Result)? best = null;
        // Long steps are the good ones as a rule; begun with, they save time.
        foreach (double step in Grid.Reverse())
        {
            var result = run(At(step / scale), best is { Result.Status: SaddleStatus.Converged } reached ? reached.Result.Bundles : cap);
            if (best is null || Rank(result).CompareTo(Rank(best.Value.Result)) < 0)
            {
                best = (step, result);
            }
        }
        return best!.Value;
    }

    private static (int, double) Rank(SaddleResult result) =>
        result.Status == SaddleStatus.Converged ? (0, result.Bundles) : double.IsFinite(result.RelativeResidual) ? (1, result.RelativeResidual) : (2, 0);
}
