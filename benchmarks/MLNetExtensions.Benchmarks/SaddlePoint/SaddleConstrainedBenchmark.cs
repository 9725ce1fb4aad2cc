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
    private const int Draws = 1000, Splits = 30;

    /// <inheritdoc/>
    public string Name => "saddle-constrained";

    /// <inheritdoc/>
    public string Summary => "recall, fairness and the worst group as constraints: passes, rates met, and test rows beside plain logistic regression";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        report.Add("settings", "features standardised over the training rows, L2 1e-3, tolerance 1e-6; wdbc is tested on every third row");
        report.Add("steps of descent-ascent", string.Join(" ", ConstrainedCase.Steps.Select(step => FormattableString.Invariant($"{step}"))) + ": over the curvature along each weight at zero weights; of multipliers, over losses at zero weights");
        report.Add("passes", "a product of the rows with all new directions, or of their transpose with all blocks; all second derivatives at once count by their work: half the sum of squared numbers of values of the rows, over the sum of those numbers times one more than the constraints on losses; targets are judged by the default solver under this count, the one with diagonal curvature only stands beside it");
        var adult = AdultFile.Read();
        Recall(report, new ConstrainedCase("a9a, recall 0.95", LabelledData.Of("a9a", A9a("a9a"), A9a("a9a.t")), Constraint.MinRecall(0.95)), 0.95);
        Recall(report, new ConstrainedCase("wdbc, recall 0.995", WdbcFile.Read(), Constraint.MinRecall(0.995)), 0.995);
        Fairness(report, new ConstrainedCase("adult, equal opportunity 0.02 by sex", adult, Constraint.EqualOpportunity(0.02)));
        Splitting(report, 0.995);
        Splitting(report, 0.95);
        Minimax(report, adult, "adult by sex");
        report.Add("conflicting groups", ConflictingGroups.Construction);
        double gain = Minimax(report, ConflictingGroups.Draw(), "conflicting groups");
        report.AtMost("conflicting groups, minimax, test loss of the worst group less that of the mean loss", gain, 0);
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
        // Thresholds at which the model without the constraint is as accurate, every 16th score tried; of those, it gets the fairest. Where there is none it gets the most accurate.
        double[] thresholds = [.. free.Scores.Where(score => Math.Abs(score) < 4).Order().Where((_, i) => i % 16 == 0)];
        double[] accurate = [.. thresholds.Where(score => free.AccuracyAt(score) >= accuracy)];
        double threshold = accurate.Length > 0 ? accurate.MinBy(score => free.RecallDifferenceAt(score, data.TestGroups)) : thresholds.MaxBy(free.AccuracyAt);
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

    // One split of few rows says little: the mean over many.
    private static void Splitting(BenchmarkReport report, double recall)
    {
        double ours = 0, free = 0;
        for (ulong seed = 0; seed < Splits; seed++)
        {
            var data = WdbcFile.Read(seed);
            ConstrainedLogisticRegressionOptions options = new() { Constraints = [Constraint.MinRecall(recall)], AllowUnmet = true };
            ours += new RankedScores(ConstrainedLogisticTraining.Run(data.Training, null, options), data.Test).FalsePositiveRateAt(recall) / Splits;
            free += new RankedScores(Unconstrained(data), data.Test).FalsePositiveRateAt(recall) / Splits;
        }
        report.Say(string.Create(CultureInfo.InvariantCulture, $"wdbc, recall {recall}, mean of {Splits} random splits: test false-positive rate {ours:F4}, without the constraint {free:F4}"));
        report.Add($"wdbc, recall {recall.ToString(CultureInfo.InvariantCulture)}, mean test false-positive rate of {Splits} random splits", ours);
        report.Add($"wdbc, recall {recall.ToString(CultureInfo.InvariantCulture)}, mean test false-positive rate of {Splits} random splits without the constraint", free);
    }

    private static double Minimax(BenchmarkReport report, LabelledData data, string name)
    {
        var model = ConstrainedLogisticTraining.Run(
            data.Training, new RowGroups(data.GroupNames, data.TrainingGroups), new ConstrainedLogisticRegressionOptions { Objective = ConstrainedObjective.WorstGroupLoss });
        var free = Unconstrained(data);
        double[] Losses(ConstrainedModel of, bool training) => new RankedScores(of, training ? data.Training : data.Test).LossOf(data.GroupNames.Count, training ? data.TrainingGroups : data.TestGroups);
        var table = new Table().Title($"{name}, mean loss in nats; minimax took {model.Summary.Passes} passes, {model.Summary.Status}").Border(TableBorder.Rounded)
            .AddColumns(["objective", .. data.GroupNames.Select(group => group + ", training"), .. data.GroupNames.Select(group => group + ", test")]);
        table.AddRow(["worst group's loss", .. Losses(model, true).Select(Text), .. Losses(model, false).Select(Text)]);
        table.AddRow(["mean loss", .. Losses(free, true).Select(Text), .. Losses(free, false).Select(Text)]);
        report.Show(table);
        report.Add($"{name}, minimax, passes", model.Summary.Passes);
        report.Add($"{name}, minimax, test loss of the worst group", Losses(model, false).Max());
        report.Add($"{name}, mean loss, test loss of the worst group", Losses(free, false).Max());
        report.AtMost($"{name}, minimax, training loss of the worst group less that of the mean loss", Losses(model, true).Max() - Losses(free, true).Max(), 0);
        return Losses(model, false).Max() - Losses(free, false).Max();
    }

    private static ConstrainedModel Unconstrained(LabelledData data) => ConstrainedLogisticTraining.Run(data.Training, null, new ConstrainedLogisticRegressionOptions());

    private static Trainers.Data.TrainingRows A9a(string file) => LibSvmFile.Read("tabular/a9a/" + file, LibSvmFile.A9aFeatures);

    private static string Text(double value) => value.ToString("F4", CultureInfo.InvariantCulture);
}
