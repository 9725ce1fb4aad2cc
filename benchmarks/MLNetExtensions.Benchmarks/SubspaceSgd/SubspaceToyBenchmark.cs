// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>Every aggregator on the toy problem of arXiv 2411.03742's authors, nine seeds, all printed.</summary>
public sealed class SubspaceToyBenchmark : IBenchmark
{
    private const int Seeds = 9, Steps = 500, LastLosses = 50;
    private const double Reached = 1e-3;

    private static readonly (string Name, IGradientAggregator Aggregator)[] Contestants =
    [
        ("mean", new Mean()),
        ("unit mean", new UnitMean()),
        ("Adasum", new Adasum()),
        ("consensus", new AdaptiveConsensus()),
        ("consensus, official gather", new AdaptiveConsensus { Assignment = MomentumAssignment.OfficialGather, DescentPolicy = DescentPolicy.Official }),
        ("consensus, beta 0", new AdaptiveConsensus { Momentum = 0 }),
    ];

    /// <inheritdoc/>
    public string Name => "subspace-toy";

    /// <inheritdoc/>
    public string Summary => "aggregators on the paper's toy problem: dimension 1000, batch 128 and 2048, 8 and 32 workers, 9 seeds";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        foreach (int batch in new[] { 128, 2048 })
        {
            int[] workers = [8, 32];
            // By seed, number of workers, contestant: everything of a seed sees the same rows.
            ToyTraining[][][] runs = new ToyTraining[Seeds][][];
            Parallel.For(0, Seeds, seed => runs[seed] = Train(batch, workers, (ulong)seed));
            for (int w = 0; w < workers.Length; w++)
            {
                Show(report, batch, workers[w], [.. Enumerable.Range(0, Contestants.Length).Select(c => runs.Select(run => run[w][c]).ToArray())]);
            }
        }
    }

    private static ToyTraining[][] Train(int batch, int[] workers, ulong seed)
    {
        ToyTraining[][] trainings = [.. workers.Select(n => Contestants.Select(c => new ToyTraining(n, batch, c.Aggregator, seed)).ToArray())];
        ToyTraining[] all = [.. trainings.SelectMany(group => group)];
        float[] rows = new float[batch * ToyTraining.Dimension];
        for (int step = 0; step < Steps; step++)
        {
            for (int part = 0; part < ToyTraining.Accumulation; part++)
            {
                ToyTraining.Draw(rows, seed, (step * ToyTraining.Accumulation) + part);
                foreach (var training in all)
                {
                    training.Accumulate(rows);
                }
            }
            foreach (var training in all)
            {
                training.Step();
            }
        }
        return trainings;
    }

    private static void Show(BenchmarkReport report, int batch, int workers, ToyTraining[][] bySeed)
    {
        Table table = new Table().Title($"Batch {batch} over {workers} workers: median of the last {LastLosses} mini-batch losses after {Steps} steps").Border(TableBorder.Rounded)
            .AddColumn("aggregator").AddColumn(new TableColumn("median").RightAligned()).AddColumn(new TableColumn($"steps to\n{Reached:0e+0}").RightAligned())
            .AddColumn(new TableColumn("fall-\nbacks").RightAligned()).AddColumn(new TableColumn("seeds 0 to 8").RightAligned());
        for (int c = 0; c < Contestants.Length; c++)
        {
            double[] losses = [.. bySeed[c].Select(run => InterleavedTimer.Median([.. run.Losses.TakeLast(LastLosses)]))];
            double[] steps = [.. bySeed[c].Select(StepsTo)];
            double median = InterleavedTimer.Median(losses);
            string figure = $"{Contestants[c].Name} batch {batch} workers {workers}";
            for (int seed = 0; seed < Seeds; seed++)
            {
                report.Add($"{figure} seed {seed}", losses[seed]);
                report.Add($"{figure} seed {seed} steps", steps[seed]);
            }
            if (batch == 128 && Contestants[c].Name == "consensus")
            {
                report.AtMost(figure, median, 1e-4);
            }
            else if (batch == 128 && Contestants[c].Name == "mean")
            {
                report.AtLeast(figure, median, 1);
            }
            else
            {
                report.Add(figure, median);
            }
            table.AddRow(
                Contestants[c].Name, Number(median), Count(steps), InterleavedTimer.Median([.. bySeed[c].Select(run => (double)run.Fallbacks)]).ToString("0", CultureInfo.InvariantCulture),
                string.Join(' ', losses.Select(Number)));
        }
        report.Show(table);
    }

    // The step whose first mini-batch is the first below, or infinity.
    private static double StepsTo(ToyTraining run)
    {
        int first = run.Losses.FindIndex(loss => loss < Reached);
        return first < 0 ? double.PositiveInfinity : first / ToyTraining.Accumulation;
    }

    private static string Number(double value) => value.ToString(value is >= 0.01 and < 100 ? "G2" : "0e+0", CultureInfo.InvariantCulture);

    private static string Count(double[] steps)
    {
        double median = InterleavedTimer.Median(steps);
        return double.IsFinite(median) ? $"{median:0} ({steps.Min():0} to {(double.IsFinite(steps.Max()) ? $"{steps.Max():0}" : "never")})" : steps.Any(double.IsFinite) ? $"never ({steps.Count(double.IsFinite)} did)" : "never";
    }
}
