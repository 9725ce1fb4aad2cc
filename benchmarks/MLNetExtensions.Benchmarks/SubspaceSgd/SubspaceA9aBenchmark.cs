// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Numerics.Tensors;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>A linear classifier by the defaults on a9a, beside ML.NET's own trainers on the same rows in the same run.</summary>
public sealed partial class SubspaceA9aBenchmark : IBenchmark
{
    private const int Rounds = 5;
    private const int YardstickProducts = 200_000, YardstickLength = 4096;
    private static readonly string[] Columns = ["trainer", "seconds of Fit", "test log-loss (bits)", "test AUC", "test accuracy"];

    /// <inheritdoc/>
    public string Name => "subspace-a9a";

    /// <inheritdoc/>
    public string Summary => "a linear classifier by the defaults on a9a: loss, AUC and seconds, beside ML.NET's trainers";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        MLContext context = new(1);
        TrainingRows rows = LibSvmFile.Read("tabular/a9a/a9a", LibSvmFile.A9aFeatures);
        IDataView training = SparseRow.View(context, rows), test = SparseRow.View(context, LibSvmFile.Read("tabular/a9a/a9a.t", LibSvmFile.A9aFeatures));
        List<(string Name, Func<IDataView, ITransformer> Fit)> trainers =
        [
            ("SubspaceSgd (defaults)", data => context.BinaryClassification.Trainers.SubspaceSgd().Fit(data)),
            ("SubspaceSgd, Mean", data => context.BinaryClassification.Trainers.SubspaceSgd(new SubspaceSgdOptions { Aggregator = new Mean() }).Fit(data)),
        ];
        AddPeers(context, trainers);
        ITransformer?[] models = new ITransformer?[trainers.Count];
        Action[] fits = [.. trainers.Select((trainer, i) => (Action)(() =>
        {
            (models[i] as IDisposable)?.Dispose();
            models[i] = trainer.Fit(training);
        }))];
        double[] seconds = InterleavedTimer.Medians(
            Rounds, [.. fits, () => SubspaceSgdTraining.Run(TrainingTask.BinaryClassification, rows, null, 1, new SubspaceSgdOptions()), Yardstick]);

        var table = new Table().Title($"{rows.Count} rows to train on, medians of {Rounds} interleaved rounds after one, {Environment.ProcessorCount} processors").Border(TableBorder.Rounded).AddColumns(Columns);
        for (int i = 0; i < trainers.Count; i++)
        {
            var metrics = context.BinaryClassification.Evaluate(models[i]!.Transform(test));
            (models[i] as IDisposable)?.Dispose();
            table.AddRow(Markup.Escape(trainers[i].Name), Text(seconds[i], "F3"), Text(metrics.LogLoss, "F5"), Text(metrics.AreaUnderRocCurve, "F5"), Text(metrics.Accuracy, "F4"));
            if (i == 0)
            {
                Judge(report, metrics, seconds[0]);
            }
            report.Add($"seconds_{trainers[i].Name}", seconds[i]);
            report.Add($"test_log_loss_bits_{trainers[i].Name}", metrics.LogLoss);
            report.Add($"test_auc_{trainers[i].Name}", metrics.AreaUnderRocCurve);
        }
        table.AddRow("SubspaceSgdTraining.Run, without ML.NET", Text(seconds[^2], "F3"), "", "", "");
        report.Show(table);
        report.Say($"Yardstick, {YardstickProducts} inner products of {YardstickLength} floats on one thread: {Text(seconds[^1], "F3")} s.");
        report.Add("seconds_without_mlnet", seconds[^2]);
        report.Add("seconds_yardstick", seconds[^1]);
        if (trainers.Count == 2)
        {
            report.Say("ML.NET's own trainers are not in the offline stand-in, so they are not measured here.");
        }
    }

    private static void Judge(BenchmarkReport report, CalibratedBinaryClassificationMetrics metrics, double seconds)
    {
        report.AtMost("test_log_loss_bits", metrics.LogLoss, 0.4690);
        report.AtLeast("test_auc", metrics.AreaUnderRocCurve, 0.9015);
        report.AtMost("seconds", seconds, 0.6);
        report.AtMost("goal_test_log_loss_bits", metrics.LogLoss, 0.4672);
        report.AtMost("goal_seconds", seconds, 0.33);
    }

    private static void Yardstick()
    {
        float[] a = new float[YardstickLength], b = new float[YardstickLength];
        a.AsSpan().Fill(1);
        b.AsSpan().Fill(0.5f);
        float sum = 0;
        for (int i = 0; i < YardstickProducts; i++)
        {
            sum += TensorPrimitives.Dot<float>(a, b);
        }
        Debug.Assert(sum > 0, "The products are used.");
    }

    // Microsoft.ML's own, where there is Microsoft.ML.
    static partial void AddPeers(MLContext context, List<(string Name, Func<IDataView, ITransformer> Fit)> trainers);

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
