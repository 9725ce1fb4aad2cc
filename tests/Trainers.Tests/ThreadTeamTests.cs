// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers;

namespace MLNetExtensions.Trainers.Tests;

public sealed class ThreadTeamTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(5)]
    public void Every_task_of_every_round_is_done_once(int threads)
    {
        using ThreadTeam team = new(threads);
        int[] done = new int[37];
        Action<int> body = task => Interlocked.Increment(ref done[task]);
        for (int round = 0; round < 2000; round++)
        {
            team.Run(round % done.Length, body);
        }

        int[] expected = [.. Enumerable.Range(0, done.Length).Select(task => Enumerable.Range(0, 2000).Count(round => round % done.Length > task))];
        Assert.Equal(expected, done);
    }

    [Fact]
    public void Helpers_that_slept_wake_up_and_take_part()
    {
        using ThreadTeam team = new(2);
        using Barrier both = new(2);
        Thread.Sleep(50);

        // Neither task ends unless two threads are at it.
        team.Run(2, _ => Assert.True(both.SignalAndWait(TimeSpan.FromSeconds(30))));
    }

    [Fact]
    public void What_a_task_throws_is_thrown_and_the_team_goes_on()
    {
        using ThreadTeam team = new(3);

        var thrown = Assert.Throws<InvalidOperationException>(() => team.Run(20, task => throw new InvalidOperationException("task " + task)));
        Assert.StartsWith("task", thrown.Message, StringComparison.Ordinal);

        int sum = 0;
        team.Run(20, task => Interlocked.Add(ref sum, task));
        Assert.Equal(190, sum);
    }

    [Fact]
    public void A_round_allocates_nothing()
    {
        using ThreadTeam team = new(2);
        int sum = 0;
        Action<int> body = task => Interlocked.Add(ref sum, task);
        team.Run(8, body);

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int round = 0; round < 100; round++)
        {
            team.Run(8, body);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }
}
