// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers.SaddlePoint;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>Several methods on several draws of one kind of problem, side by side in one table.</summary>
/// <param name="report">Where figures go.</param>
/// <param name="name">What the problem is called in figures.</param>
/// <param name="draws">A problem and a start for each seed.</param>
/// <param name="scales">The norm of each field's matrix.</param>
internal sealed class SaddleContest(BenchmarkReport report, string name, (ISaddleProblem Problem, double[] Start)[] draws, double[] scales)
{
    private readonly Table _table = new Table().Title($"{name}: bundles to {SaddleRun.Tolerance:0e+0}, {draws.Length} seeds").Border(TableBorder.Rounded)
        .AddColumn("method").AddColumn("step x norm").AddColumn("seeds");

    /// <summary>Runs a method that has no step size on all draws.</summary>
    public SaddleResult[] Enter(string method, ISaddleMethod at, long cap) =>
        Add(method, "none", [.. draws.Select(draw => SaddleRun.Solve(draw.Problem, draw.Start, at, cap))]);

    /// <summary>Tunes the step of a method on the first draw, and runs it on all.</summary>
    public SaddleResult[] Enter(SteppedMethod method, long cap)
    {
        var (step, first) = method.Tune((at, bundles) => SaddleRun.Solve(draws[0].Problem, draws[0].Start, at, bundles), scales[0], cap);
        report.Add($"{name}, {method.Name}, step grid", method.GridText);
        report.Add($"{name}, {method.Name}, step", step);
        return Add(
            method.Name, FormattableString.Invariant($"{step}"),
            [first, .. draws.Zip(scales).Skip(1).Select(other => SaddleRun.Solve(other.First.Problem, other.First.Start, method.At(step / other.Second), cap))]);
    }

    /// <summary>Shows the table.</summary>
    public void Show() => report.Show(_table);

    private SaddleResult[] Add(string method, string step, SaddleResult[] results)
    {
        for (int seed = 0; seed < results.Length; seed++)
        {
            report.Add($"{name}, {method}, seed {seed}, bundles", results[seed].Bundles);
            report.Add($"{name}, {method}, seed {seed}, relative residual", results[seed].RelativeResidual);
            report.Add($"{name}, {method}, seed {seed}, status", results[seed].Status.ToString());
        }
        _table.AddRow(Markup.Escape(method), step, Markup.Escape(SaddleRun.Text(results)));
        return results;
    }
}
