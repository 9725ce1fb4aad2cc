// SPDX-License-Identifier: MIT
using MLNetExtensions.MpiRanks;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Mpi.Tests;

public sealed class MpiCollectiveTests
{
    [MpiTheory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void Every_collective_does_what_it_says(int size)
    {
        var job = MpiJob.Run(size, "collectives");

        Assert.True(job.ExitCode == 0, job.Errors);
        Assert.Equal(Enumerable.Range(0, size).Select(rank => $"rank {rank} is content"), Lines(job.Output).Order(StringComparer.Ordinal));
    }

    [MpiFact]
    public void A_process_that_mpirun_did_not_start_is_one_rank()
    {
        var job = MpiJob.RunAlone([], "collectives");

        Assert.True(job.ExitCode == 0, job.Errors);
        Assert.Equal("rank 0 is content", job.Output.Trim());
        Assert.StartsWith("0 of 1: Open MPI", MpiJob.RunAlone([], "version").Output, StringComparison.Ordinal);
    }

    [Fact]
    public void Nothing_of_MPI_is_loaded_until_it_is_used()
    {
        var job = MpiJob.RunAlone([], "nothing");

        Assert.Equal((0, "False"), (job.ExitCode, job.Output.Trim()));
    }

    [MpiTheory]
    [InlineData(4, 4)]
    [InlineData(2, 4)]
    [InlineData(3, 3)]
    public void Combined_gradients_are_those_of_threads_to_the_bit_and_those_of_one_process_to_rounding(int size, int workers)
    {
        using TemporaryFolder folder = new();
        var job = MpiJob.Run(size, "combine", folder.Path, workers.ToString());
        Assert.True(job.ExitCode == 0, job.Errors);
        double[] threads = OnThreads(size, ranks => GradientSteps.Run(ranks, workers)), alone = GradientSteps.Run(null, workers).Values;

        for (int rank = 0; rank < size; rank++)
        {
            Assert.Equal(threads, RankResult.ReadFrom(folder.Path, rank).Values);
        }
        AssertClose(alone, threads);
    }

    [MpiFact]
    public void Four_ranks_train_what_four_workers_of_one_process_train()
    {
        using TemporaryFolder folder = new();
        var job = MpiJob.Run(4, "train", folder.Path);
        Assert.True(job.ExitCode == 0, job.Errors);
        double[] first = RankResult.ReadFrom(folder.Path, 0).Values;

        for (int rank = 1; rank < 4; rank++)
        {
            Assert.Equal(first, RankResult.ReadFrom(folder.Path, rank).Values);
        }
        AssertClose(SmallTraining.Run(null).Values, first);
    }

    private static void AssertClose(double[] expected, double[] found)
    {
        Assert.Equal(expected.Length, found.Length);
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.Equal(expected[i], found[i], 1e-6);
        }
    }

    private static double[] OnThreads(int size, Func<ICollective, RankResult> body)
    {
        double[] values = [];
        var members = InProcessCollective.Create(size);
        Thread[] threads = [.. members.Select(member => new Thread(() =>
        {
            var result = body(member);
            if (member.Rank == 0)
            {
                values = result.Values;
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        return values;
    }

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
