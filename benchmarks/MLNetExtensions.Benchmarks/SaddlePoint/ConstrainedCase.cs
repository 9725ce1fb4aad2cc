// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using MLNetExtensions.Trainers.SaddlePoint.Rates;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>One constraint on one set of rows: the whole training, and one solve at the level that it found beside plain descent-ascent.</summary>
internal sealed class ConstrainedCase(string name, LabelledData data, Constraint constraint)
{
    public const double Tolerance = 1e-6;

    /// <summary>Eight steps, over the curvature along each weight at zero weights; of multipliers, measured against losses at zero weights.</summary>
    public static readonly double[] Steps = [0.1, 0.2, 0.3, 0.5, 0.7, 1, 1.4, 2];

    // Passes after which a step of descent-ascent is given up; over few rows they are cheap.
    private readonly int _cap = data.Training.Count < 5_000 ? 50_000 : 3_000;
    private readonly ConstrainedLogisticRegressionOptions _options = new() { Constraints = [constraint], L2Regularization = 1e-3, Tolerance = Tolerance, AllowUnmet = true };

    public string Name => name;

    public LabelledData Data => data;

    /// <summary>The trained model.</summary>
    public ConstrainedModel Fit(BenchmarkReport report)
    {
        var model = ConstrainedLogisticTraining.Run(data.Training, Groups, _options);
        var summary = model.Summary;
        var outcome = summary.Constraints[0];
        report.Add($"{name}, status", summary.Status.ToString());
        report.Add($"{name}, solves", summary.Solves);
        report.Add($"{name}, training value", outcome.Achieved);
        foreach (var surrogate in outcome.Surrogates)
        {
            report.Add($"{name}, multiplier of {surrogate.Name}", surrogate.Multiplier);
        }
        report.Say(string.Create(CultureInfo.InvariantCulture, $"{name}: {constraint}; on training rows {outcome.Achieved:F4} after {summary.Solves} solves, {summary.Passes} passes, {summary.Status}"));
        report.Say("    multipliers: " + string.Join("; ", outcome.Surrogates.Select(surrogate => string.Create(CultureInfo.InvariantCulture, $"{surrogate.Name}: {surrogate.Multiplier:G4}"))));
        report.AtLeast($"{name}, met on training rows", outcome.IsMet ? 1 : 0, 1);
        report.AtMost($"{name}, passes of the whole Fit", summary.Passes, 600);
        report.AtLeast($"{name}, largest multiplier", outcome.Surrogates.Max(surrogate => surrogate.Multiplier), 1e-6);
        return model;
    }

    /// <summary>One solve from zero at the levels of a model, and the same by descent-ascent at each step.</summary>
    public void SolveOnce(BenchmarkReport report, ConstrainedModel model)
    {
        ConstraintPlan plan = new(new RatedRows(data.Training, Groups), _options);
        var found = model.Summary.Constraints[0].Surrogates.ToDictionary(surrogate => surrogate.Name, surrogate => surrogate.Level);
        double[] levels = [.. plan.Terms.Select(term => found[term.Name])];
        using ConstrainedSolver full = new(plan.Problem, Environment.ProcessorCount), diagonal = new(plan.Problem, Environment.ProcessorCount, largestFullCurvature: 0);
        var ours = Timed(() => full.Solve(levels, Tolerance, _cap));
        var other = Timed(() => diagonal.Solve(levels, Tolerance, _cap));
        int best = int.MaxValue;
        var table = new Table().Title(Markup.Escape($"{name}: one solve at the level found, to {Tolerance:0e+0}")).Border(TableBorder.Rounded).AddColumns("method", "passes", "seconds", "residual", "objective");
        Row("subspace", ours);
        Row("subspace, diagonal curvature only", other);
        foreach (double step in Steps)
        {
            // What is slower than the best so far need not be run to its end.
            var run = Timed(() => ConstrainedGradientDescentAscent.Solve(plan.Problem, levels, step, Tolerance, Math.Min(_cap, best), Environment.ProcessorCount));
            var plain = run.Solution;
            best = plain.Status == SaddleStatus.Converged ? Math.Min(best, plain.Passes) : best;
            Row(string.Create(CultureInfo.InvariantCulture, $"descent-ascent, step {step}"), run);
        }
        report.Show(table);
        double passes = Passes(ours.Solution);
        report.AtMost($"{name}, passes of one solve", passes, 200);
        string reached = best == int.MaxValue ? $" (none of the steps got there in {_cap}, which is counted)" : "";
        report.AtLeast($"{name}, passes of descent-ascent at its best step over ours{reached}", Math.Min(best, _cap) / passes, 7);
        report.Add($"{name}, passes of descent-ascent at its best step over those with diagonal curvature only", Math.Min(best, _cap) / Passes(other.Solution));

        static double Passes(ConstrainedSolution solution) => solution.Status == SaddleStatus.Converged ? solution.Passes : double.PositiveInfinity;

        static (ConstrainedSolution Solution, double Seconds) Timed(Func<ConstrainedSolution> solve)
        {
            long began = Stopwatch.GetTimestamp();
            var solution = solve();
            return (solution, Stopwatch.GetElapsedTime(began).TotalSeconds);
        }

        void Row(string method, (ConstrainedSolution Solution, double Seconds) run)
        {
            var solution = run.Solution;
            bool solved = solution.Status == SaddleStatus.Converged;
            report.Add($"{name}, {method}, passes", solution.Passes);
            report.Add($"{name}, {method}, seconds", run.Seconds);
            report.Add($"{name}, {method}, residual", solution.Residual);
            table.AddRow(
                method, solved ? solution.Passes.ToString(CultureInfo.InvariantCulture) : $"- ({solution.Passes})", run.Seconds.ToString("G2", CultureInfo.InvariantCulture),
                solution.Residual.ToString("0.0e+0", CultureInfo.InvariantCulture), solution.Objective.ToString("G7", CultureInfo.InvariantCulture));
        }
    }

    private RowGroups? Groups => data.GroupNames.Count == 0 ? null : new RowGroups(data.GroupNames, data.TrainingGroups);
}
