// SPDX-License-Identifier: MIT
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
        report.AtLeast($"{name}, largest multiplier", outcome.Surrogates.Max(surrogate => surrogate.Multiplier), double.Epsilon);
        return model;
    }

    /// <summary>One solve from zero at the levels of a model, and the same by descent-ascent at each step.</summary>
    public void SolveOnce(BenchmarkReport report, ConstrainedModel model)
    {
        ConstraintPlan plan = new(new RatedRows(data.Training, Groups), _options);
        var found = model.Summary.Constraints[0].Surrogates.ToDictionary(surrogate => surrogate.Name, surrogate => surrogate.Level);
        double[] levels = [.. plan.Terms.Select(term => found[term.Name])];
        using ConstrainedSolver full = new(plan.Problem, Environment.ProcessorCount), diagonal = new(plan.Problem, Environment.ProcessorCount, largestFullCurvature: 0);
        ConstrainedSolution[] ours = [full.Solve(levels, Tolerance, _cap), diagonal.Solve(levels, Tolerance, _cap)];
        int best = int.MaxValue;
        var table = new Table().Title(Markup.Escape($"{name}: one solve at the level found, to {Tolerance:0e+0}")).Border(TableBorder.Rounded).AddColumns("method", "passes", "residual", "objective");
        Row("subspace", ours[0]);
        Row("subspace, diagonal curvature only", ours[1]);
        foreach (double step in Steps)
        {
            // What is slower than the best so far need not be run to its end.
            var plain = ConstrainedGradientDescentAscent.Solve(plan.Problem, levels, step, Tolerance, Math.Min(_cap, best), Environment.ProcessorCount);
            best = plain.Status == SaddleStatus.Converged ? Math.Min(best, plain.Passes) : best;
            Row(string.Create(CultureInfo.InvariantCulture, $"descent-ascent, step {step}"), plain);
        }
        report.Show(table);
        double most = ours.Max(solution => solution.Status == SaddleStatus.Converged ? solution.Passes : double.PositiveInfinity);
        report.AtMost($"{name}, passes of one solve, the more of both kinds of curvature", most, 200);
        string reached = best == int.MaxValue ? $" (none of the steps got there in {_cap}, which is counted)" : "";
        report.AtLeast($"{name}, passes of descent-ascent at its best step over the more of ours{reached}", Math.Min(best, _cap) / most, 7);

        void Row(string method, ConstrainedSolution solution)
        {
            bool solved = solution.Status == SaddleStatus.Converged;
            report.Add($"{name}, {method}, passes", solution.Passes);
            report.Add($"{name}, {method}, residual", solution.Residual);
            table.AddRow(
                method, solved ? solution.Passes.ToString(CultureInfo.InvariantCulture) : $"- ({solution.Passes})",
                solution.Residual.ToString("0.0e+0", CultureInfo.InvariantCulture), solution.Objective.ToString("G7", CultureInfo.InvariantCulture));
        }
    }

    private RowGroups? Groups => data.GroupNames.Count == 0 ? null : new RowGroups(data.GroupNames, data.TrainingGroups);
}
