// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Mpi;
using Spectre.Console;

namespace MLNetExtensions.Benchmarks.Mpi;

/// <summary>What combining gradients over ranks costs: the sharded exchange beside a plain all-reduce and beside the published form with two.</summary>
public sealed class AggregationMpiBenchmark : IBenchmark
{
    private const int Ranks = 4;

    private static readonly (int Length, int Rounds)[] Sizes = [(1_000_000, 101), (10_000_000, 31)];

    /// <inheritdoc/>
    public string Name => "aggregation-mpi";

    /// <inheritdoc/>
    public string Summary => "combining gradients over 4 Open MPI ranks: mean all-reduce, two all-reduces, sharded exchange";

    /// <inheritdoc/>
    public void Run(BenchmarkReport report, IReadOnlyList<string> arguments)
    {
        ArgumentNullException.ThrowIfNull(report);
        ArgumentNullException.ThrowIfNull(arguments);
        if (arguments is ["rank", var path])
        {
            Measure(path);
        }
        else
        {
            Start(report);
        }
    }

    // The ranks are this program again.
    private void Start(BenchmarkReport report)
    {
        string path = Path.GetTempFileName();
        ProcessStartInfo start = new("mpirun", ["--oversubscribe", "-n", $"{Ranks}", Environment.ProcessPath!])
        {
            Environment = { ["OMPI_ALLOW_RUN_AS_ROOT"] = "1", ["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1", ["TERM"] = "dumb" },
        };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet")
        {
            start.ArgumentList.Add(typeof(AggregationMpiBenchmark).Assembly.Location);
        }
        foreach (string argument in new[] { Name, "rank", path })
        {
            start.ArgumentList.Add(argument);
        }
        try
        {
            using var process = Process.Start(start)!;
            process.WaitForExit();
            if (process.ExitCode != 0)
            {
                throw new InvalidOperationException($"mpirun ended with exit code {process.ExitCode}.");
            }
            Show(report, MemoryMarshal.Cast<byte, double>(File.ReadAllBytes(path)));
        }
        catch (System.ComponentModel.Win32Exception)
        {
            report.Say("There is no mpirun here: apt-get install openmpi-bin.");
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static void Measure(string path)
    {
        var ranks = MpiCollective.World;
        List<double> figures = [];
        foreach ((int length, int rounds) in Sizes)
        {
            figures.AddRange(new ExchangeRace(ranks, length).Run(rounds));
        }
        if (ranks.Rank == 0)
        {
            File.WriteAllBytes(path, MemoryMarshal.AsBytes(CollectionsMarshal.AsSpan(figures)));
        }
        // The process that started the ranks reports.
        Environment.Exit(0);
    }

    private static void Show(BenchmarkReport report, ReadOnlySpan<double> figures)
    {
        string Milliseconds(double seconds) => (seconds * 1e3).ToString("F1", CultureInfo.InvariantCulture);
        Table table = new Table().Title($"Medians in milliseconds, the slowest of {Ranks} ranks each time").Border(TableBorder.Rounded)
            .AddColumn(new TableColumn("floats").RightAligned()).AddColumn(new TableColumn("mean,\nall-reduce").RightAligned())
            .AddColumn(new TableColumn("consensus,\ntwo all-reduces").RightAligned()).AddColumn(new TableColumn("consensus,\nsharded").RightAligned())
            .AddColumn(new TableColumn("over\nmean").RightAligned()).AddColumn(new TableColumn("over\ntwo").RightAligned());
        for (int i = 0; i < Sizes.Length; i++)
        {
            (double mean, double two, double sharded, double difference) = (figures[4 * i], figures[(4 * i) + 1], figures[(4 * i) + 2], figures[(4 * i) + 3]);
            string size = $"{Sizes[i].Length / 1_000_000} M";
            table.AddRow(
                size, Milliseconds(mean), Milliseconds(two), Milliseconds(sharded), (sharded / mean).ToString("F2", CultureInfo.InvariantCulture),
                (sharded / two).ToString("F2", CultureInfo.InvariantCulture));
            report.Add($"{size} mean ms", mean * 1e3);
            report.Add($"{size} two all-reduces ms", two * 1e3);
            report.Add($"{size} sharded ms", sharded * 1e3);
            report.AtMost($"{size} sharded over mean", sharded / mean, 1.4);
            report.AtMost($"{size} sharded over two all-reduces", sharded / two, 0.6);
            report.AtMost($"{size} largest difference of the updates, relative", difference, 1e-6);
        }
        report.Show(table);
    }
}
