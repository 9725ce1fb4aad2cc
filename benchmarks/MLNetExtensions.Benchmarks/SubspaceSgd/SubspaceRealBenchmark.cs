// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Networks.Optimizers;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>Every aggregator on real data: the test loss over the steps, each with the learning rate that suits it best.</summary>
public sealed class SubspaceRealBenchmark : IBenchmark
{
    private const int Seeds = 3;
    private static readonly int[] Workers = [8, 32];
    private static readonly string[] Columns = ["aggregator", "learning rate", "loss at 1/4", "at 1/2", "at the end", "steps to Mean's", "ms a step", "kB a step"];
    private static readonly (string Name, IOptimizer Optimizer)[] Optimizers = [("SGD", new Sgd()), ("Adam", new Adam())];

    private static readonly (string Name, IGradientAggregator Aggregator)[] Aggregators =
    [
        ("Mean", new Mean()),
        ("UnitMean", new UnitMean()),
        ("Adasum", new Adasum()),
        ("Consensus", new AdaptiveConsensus()),
        ("Consensus, momentum 0", new AdaptiveConsensus { Momentum = 0 }),
        ("Consensus, not rescaled", new AdaptiveConsensus { Rescale = Rescale.None }),
        ("SubspaceNewton", new SubspaceNewton()),
    ];

    /// <inheritdoc/>
    public string Name => "subspace-real";

    /// <inheritdoc/>
    public string Summary => "test loss over steps of every aggregator on a9a, MNIST and taxi fares (name some of a9a, mnist, taxi)";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(arguments);
        SvgFigure figure = new($"Loss of the test rows over optimiser steps, global batch 4096, medians of {Seeds} seeds", Workers.Length);
        foreach (string name in arguments.Count > 0 ? arguments : [.. RealProblem.All.Keys])
        {
            var problem = RealProblem.All[name]();
            foreach (var (optimizerName, optimizer) in Optimizers)
            {
                foreach (int workers in Workers)
                {
                    figure.Add(Compare(report, problem, workers, optimizerName, optimizer));
                }
            }
        }
        string path = Path.Combine("artifacts", "bench", Name + ".svg");
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        figure.Save(path);
        report.Say($"Curves: {path}");
    }

    private static SvgChart Compare(BenchmarkReport report, RealProblem problem, int workers, string optimizerName, IOptimizer optimizer)
    {
        string title = $"{problem.Name}, {optimizerName}, N = {workers}";
        var table = new Table().Title($"{title}: {problem.Loss}, medians of {Seeds} seeds").Border(TableBorder.Rounded).AddColumns(Columns);
        SvgChart chart = new(title, "steps", problem.Loss, logarithmic: true);
        double target = double.NaN;
        foreach (var (name, aggregator) in Aggregators.Where(entry => problem.Network is null || !entry.Aggregator.NeedsCurvature))
        {
            Contestant contestant = new(problem, workers, optimizer, aggregator);
            float rate = contestant.Tune();
            var clock = Stopwatch.StartNew();
            LossCurve[] curves = [.. Enumerable.Range(1, Seeds).Select(seed => contestant.Train(rate, seed))];
            double milliseconds = clock.Elapsed.TotalMilliseconds / Math.Max(1, curves.Sum(training => training.LastStep));
            var curve = LossCurve.Median(curves);
            // Mean comes first.
            target = double.IsNaN(target) ? curve.FinalLoss : target;
            chart.Add(name, curve.Points);
            double steps = curve.StepsTo(target);
            table.AddRow(
                Markup.Escape(name), rate.ToString("G3", CultureInfo.InvariantCulture), Text(curve.LossAt(0.25)), Text(curve.LossAt(0.5)), Text(curve.FinalLoss),
                double.IsFinite(steps) ? steps.ToString(CultureInfo.InvariantCulture) : "never",
                milliseconds.ToString("F2", CultureInfo.InvariantCulture), (contestant.BytesOfAStep / 1000).ToString("F1", CultureInfo.InvariantCulture));
            string figure = $"{title}, {name}";
            report.Add($"{figure}: learning rate", rate);
            report.Add($"{figure}: final loss", curve.FinalLoss);
            report.Add($"{figure}: steps to Mean's final loss", steps);
            report.Add($"{figure}: milliseconds a step", milliseconds);
            report.Add($"{figure}: bytes a step and rank", contestant.BytesOfAStep);
        }
        report.Show(table);
        return chart;
    }

    private static string Text(double loss) => double.IsFinite(loss) ? loss.ToString("F5", CultureInfo.InvariantCulture) : "diverged";
}
