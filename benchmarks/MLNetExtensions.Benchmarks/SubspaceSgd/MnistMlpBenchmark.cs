// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using Microsoft.ML;
using MLNetExtensions.Benchmarks.Data;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Trainers.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>The usual perceptron on MNIST, through ML.NET from rows to metrics.</summary>
public sealed class MnistMlpBenchmark : IBenchmark
{
    private const int Hidden = 256;
    private const float Dropout = 0.2f;
    private static readonly string[] Columns = ["aggregator", "test accuracy", "log-loss (nats)", "seconds of Fit", "steps"];

    // Dropout and learning rate are the best of 0, 0.2 and 0.4 and of 0.001, 0.002 and 0.004 on 6000 training images that were held out.
    private static readonly SubspaceSgdOptions Options = new()
    {
        Network = NetworkSpec.Mlp([Hidden], new Relu(), Dropout),
        BatchSize = 256,
        Epochs = 20,
        LearningRate = 0.004f,
        Threads = 2,
    };

    /// <inheritdoc/>
    public string Name => "mnist-mlp";

    /// <inheritdoc/>
    public string Summary => "the perceptron 784-256-10 on MNIST: accuracy and seconds of training";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        MLContext context = new(1);
        IDataView training = Load(context, MnistImages.ReadTraining()), test = Load(context, MnistImages.ReadTest());
        var keys = context.Transforms.Conversion.MapValueToKey("Label", nameof(MnistDigit.Digit)).Fit(training);
        training = keys.Transform(training);
        test = keys.Transform(test);
        var table = new Table().Title($"784-{Hidden}-10, dropout {Dropout.ToString(CultureInfo.InvariantCulture)}, 2 threads").Border(TableBorder.Rounded).AddColumns(Columns);
        foreach (var (name, options) in new[] { ("Mean", Options with { Aggregator = new Mean() }), ("default", Options) })
        {
            var clock = Stopwatch.StartNew();
            using var model = context.MulticlassClassification.Trainers.SubspaceSgd(options).Fit(training);
            double seconds = clock.Elapsed.TotalSeconds;
            var metrics = context.MulticlassClassification.Evaluate(model.Transform(test));
            string aggregator = name == "Mean" ? name : $"{options.Aggregator.GetType().Name} ({name})";
            table.AddRow(
                Markup.Escape(aggregator), Text(metrics.MicroAccuracy, "F4"), Text(metrics.LogLoss, "F4"), Text(seconds, "F1"),
                model.Summary.Steps.ToString(CultureInfo.InvariantCulture));
            report.AtLeast($"test_accuracy_{name}", metrics.MicroAccuracy, 0.980);
            report.AtMost($"seconds_{name}", seconds, 60);
        }
        report.Show(table);
    }

    private static IDataView Load(MLContext context, MnistImages images) => context.Data.LoadFromEnumerable(
        images.Pixels.Zip(images.Labels, (pixels, digit) => new MnistDigit { Features = pixels, Digit = digit }).ToArray());

    private static string Text(double value, string format) => value.ToString(format, CultureInfo.InvariantCulture);
}
