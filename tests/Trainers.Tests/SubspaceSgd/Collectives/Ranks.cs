// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Collectives;

/// <summary>Runs something on ranks that are threads.</summary>
internal static class Ranks
{
    /// <summary>What each rank returns, in the order of the ranks. A rank that throws tells the others.</summary>
    public static T[] Run<T>(int size, Func<ICollective, T> body)
    {
        var members = InProcessCollective.Create(size);
        T[] results = new T[size];
        Exception?[] failures = new Exception?[size];
        Thread[] threads = [.. members.Select(member => new Thread(() =>
        {
            try
            {
                results[member.Rank] = body(member);
            }
            catch (Exception thrown)
            {
                failures[member.Rank] = thrown;
                member.Abort(thrown.Message);
            }
        }))];
        foreach (var thread in threads)
        {
            thread.Start();
        }
        foreach (var thread in threads)
        {
            Assert.True(thread.Join(TimeSpan.FromSeconds(60)), "A rank waits for ever.");
        }
        return failures.All(failure => failure is null) ? results : throw new AggregateException(failures.Where(failure => failure is not null)!);
    }
}
