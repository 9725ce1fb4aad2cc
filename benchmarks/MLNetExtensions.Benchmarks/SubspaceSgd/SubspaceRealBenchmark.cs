// SPDX-License-Identifier: MIT
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
    private static readonly string[] Columns = ["aggregator", "rate", "at 1/4", "at 1/2", "at the end", "to Mean's end", "fallbacks", "ms a step", "kB (computed)"];
    private static readonly (string Name, IOptimizer Optimizer)[] Optimizers = [("SGD", new Sgd()), ("Adam", new Adam())];

    private static readonly (string Name, IGradientAggregator Aggregator)[] Aggregators =
    [
        ("Mean", new Mean()),
        ("UnitMean", new UnitMean()),
        ("Adasum", new Adasum()),
        ("Consensus", new AdaptiveConsensus()),
        ("Consensus, beta 0", new AdaptiveConsensus { Momentum = 0 }),
        ("Consensus, unscaled", new AdaptiveConsensus { Rescale = Rescale.None }),
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
        var entries = Aggregators.Where(entry => problem.Network is null || !entry.Aggregator.NeedsCurvature).ToArray();
        Contestant[] contestants = [.. entries.Select(entry => new Contestant(problem, workers, optimizer, entry.Aggregator))];
        float[] rates = [.. contestants.Select(contestant => contestant.Tune())];
        LossCurve[] curves = [.. contestants.Zip(rates, (contestant, rate) =>
            LossCurve.Median([.. Enumerable.Range(1, Seeds).Select(seed => contestant.Train(rate, seed))]))];
        double[] milliseconds = [.. Times(contestants, rates).Select(seconds => 1000 * seconds)];
        var table = new Table().Title($"{title}: {problem.Loss}, medians of {Seeds} seeds").Border(TableBorder.Rounded).AddColumns(Columns);
        SvgChart chart = new(title, "steps", problem.Loss, logarithmic: true);
        for (int i = 0; i < entries.Length; i++)
        {
            // Mean comes first.
            var curve = curves[i];
            double steps = curve.StepsTo(curves[0].FinalLoss), kilobytes = contestants[i].BytesOfAStep / 1000;
            chart.Add(entries[i].Name, curve.Points);
            table.AddRow(
                Markup.Escape(entries[i].Name), rates[i].ToString("G3", CultureInfo.InvariantCulture), Text(curve.LossAt(0.25)), Text(curve.LossAt(0.5)), Text(curve.FinalLoss),
                double.IsFinite(steps) ? steps.ToString(CultureInfo.InvariantCulture) : "never", curve.Fallbacks.ToString(CultureInfo.InvariantCulture),
                milliseconds[i].ToString("F2", CultureInfo.InvariantCulture), kilobytes.ToString("F1", CultureInfo.InvariantCulture));
            string figure = $"{title}, {entries[i].Name}";
            report.Add($"{figure}: learning rate", rates[i]);
            report.Add($"{figure}: final loss", curve.FinalLoss);
            report.Add($"{figure}: steps to Mean's final loss", steps);
            report.Add($"{figure}: fallbacks", curve.Fallbacks);
            report.Add($"{figure}: milliseconds a step", milliseconds[i]);
            report.Add($"{figure}: kB a step and rank, computed", kilobytes);
        }
        report.Show(table);
        return chart;
    }

    // In turn, so that a disturbance of the machine hits all of them.
    private static double[] Times(Contestant[] contestants, float[] rates)
    {
        double[][] seconds = [.. contestants.Select(_ => new double[Seeds])];
        for (int round = 0; round < Seeds; round++)
        {
            for (int i = 0; i < contestants.Length; i++)
            {
                seconds[i][round] = contestants[i].Time(rates[i]);
            }
        }
        return [.. seconds.Select(InterleavedTimer.Median)];
    }

    private static string Text(double loss) => double.IsFinite(loss) ? loss.ToString("F5", CultureInfo.InvariantCulture) : "diverged";
}
