// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers.SaddlePoint;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>Classifiers that meet a constraint: passes beside descent-ascent's, and what they are worth on test rows beside the classifier without it.</summary>
public sealed class SaddleConstrainedBenchmark : IBenchmark
{
    private const int Draws = 1000;

    /// <inheritdoc/>
    public string Name => "saddle-constrained";

    /// <inheritdoc/>
    public string Summary => "recall, fairness and the worst group as constraints: passes, rates met, and test rows beside plain logistic regression";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Add("settings", "features standardised over the training rows, L2 1e-3, tolerance 1e-6; wdbc is tested on every third row");
        report.Add("steps of descent-ascent", string.Join("; ", ConstrainedCase.Steps.Select(step => FormattableString.Invariant($"{step.Primal} and {step.Dual}"))) + ": in weights over the curvature along each at zero weights, and in multipliers over losses at zero weights");
        var adult = AdultFile.Read();
        Recall(report, new ConstrainedCase("a9a, recall 0.95", LabelledData.Of("a9a", A9a("a9a"), A9a("a9a.t")), Constraint.MinRecall(0.95)), 0.95);
        Recall(report, new ConstrainedCase("wdbc, recall 0.995", WdbcFile.Read(), Constraint.MinRecall(0.995)), 0.995);
        Fairness(report, new ConstrainedCase("adult, equal opportunity 0.02 by sex", adult, Constraint.EqualOpportunity(0.02)));
        Minimax(report, adult);
    }

    private static void Recall(BenchmarkReport report, ConstrainedCase asked, double recall)
    {
        var model = asked.Fit(report);
        asked.SolveOnce(report, model);
        RankedScores ours = new(model, asked.Data.Test), free = new(Unconstrained(asked.Data), asked.Data.Test);
        double constrained = ours.FalsePositiveRateAt(recall), plain = free.FalsePositiveRateAt(recall);
        var (low, high) = ours.BootstrapAgainst(free, recall, Draws, 1);
        report.Say(string.Create(
            CultureInfo.InvariantCulture,
            $"    {asked.Data.Test.Count} test rows, thresholds moved to recall {recall}: false-positive rate {constrained:F4}, without the constraint {plain:F4}; difference {constrained - plain:F4}, 95 % of {Draws} bootstrap draws in [{low:F4}, {high:F4}]"));
        report.Add($"{asked.Name}, test false-positive rate", constrained);
        report.Add($"{asked.Name}, test false-positive rate without the constraint", plain);
        report.Add($"{asked.Name}, difference, bootstrap low", low);
        report.Add($"{asked.Name}, difference, bootstrap high", high);
        report.AtMost($"{asked.Name}, test false-positive rate less that without the constraint", constrained - plain, 0.005);
    }

    private static void Fairness(BenchmarkReport report, ConstrainedCase asked)
    {
        var data = asked.Data;
        var model = asked.Fit(report);
        asked.SolveOnce(report, model);
        RankedScores ours = new(model, data.Test), free = new(Unconstrained(data), data.Test);
        double accuracy = ours.AccuracyAt(0), difference = ours.RecallDifferenceAt(0, data.TestGroups);
        // Thresholds at which the model without the constraint is as accurate; of those, it gets the fairest.
        double threshold = free.Scores.Distinct().Where(score => Math.Abs(score) < 4 && score != 0).OrderBy(score => score).Where((_, i) => i % 16 == 0)
            .Where(score => free.AccuracyAt(score) >= accuracy).MinBy(score => free.RecallDifferenceAt(score, data.TestGroups));
        var table = new Table().Title("adult, test rows").Border(TableBorder.Rounded).AddColumns("model", "accuracy", "difference of recall between sexes");
        Row("equal opportunity 0.02", ours, 0);
        Row("without the constraint", free, 0);
        Row("without, at the fairest threshold that is as accurate", free, threshold);
        report.Show(table);
        report.AtMost($"{asked.Name}, test difference less that of the fairest threshold without the constraint, at equal accuracy", difference - free.RecallDifferenceAt(threshold, data.TestGroups), 0);

        void Row(string name, RankedScores scores, double at)
        {
            report.Add($"{asked.Name}, {name}, test accuracy", scores.AccuracyAt(at));
            report.Add($"{asked.Name}, {name}, test difference", scores.RecallDifferenceAt(at, data.TestGroups));
            table.AddRow(name, Text(scores.AccuracyAt(at)), Text(scores.RecallDifferenceAt(at, data.TestGroups)));
        }
    }

    private static void Minimax(BenchmarkReport report, LabelledData data)
    {
        var model = ConstrainedLogisticTraining.Run(
            data.Training, new RowGroups(data.GroupNames, data.TrainingGroups), new ConstrainedLogisticRegressionOptions { Objective = ConstrainedObjective.WorstGroupLoss });
        double[] ours = new RankedScores(model, data.Test).LossOf(data.GroupNames.Count, data.TestGroups);
        double[] free = new RankedScores(Unconstrained(data), data.Test).LossOf(data.GroupNames.Count, data.TestGroups);
        var table = new Table().Title($"adult by sex, mean loss of test rows in nats; minimax took {model.Summary.Passes} passes, {model.Summary.Status}").Border(TableBorder.Rounded).AddColumns(["objective", .. data.GroupNames, "worst"]);
        table.AddRow(["worst group's loss", .. ours.Select(Text), Text(ours.Max())]);
        table.AddRow(["mean loss", .. free.Select(Text), Text(free.Max())]);
        report.Show(table);
        report.Add("adult, minimax by sex, passes", model.Summary.Passes);
        report.Add("adult, minimax by sex, test loss of the worst group", ours.Max());
        report.AtMost("adult, minimax by sex, test loss of the worst group less that without", ours.Max() - free.Max(), 0);
    }

    private static ConstrainedModel Unconstrained(LabelledData data) => ConstrainedLogisticTraining.Run(data.Training, null, new ConstrainedLogisticRegressionOptions());

    private static Trainers.Data.TrainingRows A9a(string file) => LibSvmFile.Read("tabular/a9a/" + file, LibSvmFile.A9aFeatures);

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
