// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>Runs methods on problems, and gives up those that run away.</summary>
internal static class SaddleRun
{
    /// <summary>The residual, over that at the start, which counts as solved.</summary>
    public const double Tolerance = 1e-8;

    /// <summary>The residual, over that at the start, which counts as having run away.</summary>
    public const double RunsAway = 1e6;

    /// <summary>Solves.</summary>
    public static SaddleResult Solve(ISaddleProblem problem, double[] start, ISaddleMethod method, long cap)
    {
        using CancellationTokenSource away = new();
        SaddleSolverOptions options = new()
        {
            Method = method,
            Start = start,
            RelativeTolerance = Tolerance,
            MaxBundles = cap,
            Progress = new Watch(away),
            CancellationToken = away.Token,
        };
        return SaddleSolver.Solve(problem, options);
    }

    /// <summary>What runs came to, as text: bundles, or how near those came that used up all they had.</summary>
    public static string Text(params SaddleResult[] results)
    {
        if (results.Length > 1 && results.All(result => result.Status == SaddleStatus.Budget))
        {
            return FormattableString.Invariant($"never: {results.Min(Nearness):0e+0} to {results.Max(Nearness):0e+0} after {results.Min(result => result.Bundles)}");
        }
        return string.Join("  ", results.Select(result => result.Status switch
        {
            SaddleStatus.Converged => FormattableString.Invariant($"{result.Bundles}"),
            SaddleStatus.Cancelled or SaddleStatus.NonFinite => "runs away",
            _ => FormattableString.Invariant($"never: {Nearness(result):0e+0} after {result.Bundles}"),
        }));

        static double Nearness(SaddleResult result) => result.RelativeResidual;
    }

    private sealed class Watch(CancellationTokenSource away) : IProgress<SaddleProgress>
    {
        public void Report(SaddleProgress value)
        {
            if (!(value.RelativeResidual < RunsAway))
            {
                away.Cancel();
            }
        }
    }
}
