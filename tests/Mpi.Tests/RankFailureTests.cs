// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Mpi.Tests;

/// <summary>One of four ranks fails while the others wait for it: all end, soon, and it is said which one it was.</summary>
public sealed class RankFailureTests
{
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(30);

    [MpiTheory]
    [InlineData("throw", "rank 1", "no disk")]
    [InlineData("give-up", "Rank 1 of 4", "can't go on: no disk")]
    [InlineData("kill", "rank 1", "signal 9")]
    [InlineData("exit", "Rank 1 of 4", "ended with exit code 3")]
    [InlineData("train-other-features", "Rank 2 has 5 features", "rank 0 has 6")]
    [InlineData("train-bad-row", "Rank 1 of 4", "NaN as feature 3")]
    public void A_rank_that_fails_ends_all_and_is_named(string how, string who, string why)
    {
        var job = MpiJob.Run(4, how);

        Assert.NotEqual(0, job.ExitCode);
        Assert.True(job.Elapsed < Bound, $"It took {job.Elapsed}.");
        Assert.Contains(who, job.Errors, StringComparison.Ordinal);
        Assert.Contains(why, job.Errors, StringComparison.Ordinal);
    }

    [MpiFact]
    public void A_launcher_of_another_MPI_is_refused_instead_of_training_as_many_models()
    {
        var job = MpiJob.RunAlone([("PMI_SIZE", "4")], "version");

        Assert.NotEqual(0, job.ExitCode);
        Assert.Contains("The launcher started 4 processes (PMI_SIZE), but Open MPI sees this one alone.", job.Errors, StringComparison.Ordinal);
    }
}
