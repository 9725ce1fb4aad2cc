// SPDX-License-Identifier: MIT
using System.Globalization;

namespace MLNetExtensions.Mpi.Tests;

/// <summary>The sample that users begin from, run as it tells them to.</summary>
public sealed class SampleTests
{
    private const string Sample = "SubspaceSgdMpi";

    [MpiFact]
    public void The_sample_prints_one_model_on_four_ranks_which_is_that_of_four_workers_in_one_process()
    {
        var ranks = MpiJob.RunSample(Sample, 4);
        var alone = MpiJob.RunSample(Sample, null, "--in-process");

        Assert.True(ranks.ExitCode == 0, ranks.Errors);
        Assert.True(alone.ExitCode == 0, alone.Errors);
        string[] lines = Lines(ranks).Where(line => line.StartsWith("rank ", StringComparison.Ordinal)).Order(StringComparer.Ordinal).ToArray();
        Assert.Equal(4, lines.Length);
        Assert.All(lines, (line, rank) => Assert.StartsWith($"rank {rank} of 4: 5000 of 20000 rows", line, StringComparison.Ordinal));
        Assert.Single(lines.Select(line => line.Split(' ')[^1]).Distinct());
        double[] together = Weights(ranks), one = Weights(alone);
        Assert.Equal(21, one.Length);
        Assert.All(one.Zip(together), pair => Assert.Equal(pair.First, pair.Second, 1e-6 * Math.Max(1, Math.Abs(pair.First))));
    }

    private static double[] Weights(MpiJob job) =>
        [.. Lines(job).Single(line => line.StartsWith("weights ", StringComparison.Ordinal)).Split(' ').Where(word => word is not ("weights" or "bias")).Select(word => double.Parse(word, CultureInfo.InvariantCulture))];

    private static string[] Lines(MpiJob job) => job.Output.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
