// SPDX-License-Identifier: MIT
using MLNetExtensions.Pipelines;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>What ranks that train together owe each other beside the training itself.</summary>
internal static class Ranks
{
    // A double carries so many bits of a whole number.
    private const int HashBits = 52;

    /// <summary>Runs something on this rank; when it fails, the others are told and don't wait for ever.</summary>
    public static T Guard<T>(ICollective? collective, Func<T> action) => new RankGroup(collective).Guard(action);

    /// <inheritdoc cref="Guard{T}(ICollective?, Func{T})"/>
    public static void Guard(ICollective? collective, Action action) => Guard(collective, () =>
    {
        action();
        return 0;
    });

    /// <summary>Runs something in which ranks don't wait for each other; when it fails, the others are told, and when it is cancelled on one of them, it is on all.</summary>
    public static T Together<T>(ICollective? collective, Func<T> action)
    {
        RankGroup ranks = new(collective);
        return ranks.Guard(() => ranks.Together(action));
    }

    /// <summary>Makes sure that the keys of all ranks stand for the same classes.</summary>
    /// <exception cref="ArgumentException">They don't; every rank throws it.</exception>
    public static void RequireSameClasses(ICollective? collective, ClassValues classes)
    {
        if (collective is null or { Size: 1 })
        {
            return;
        }
        double[] mine = [classes.Count, Hash(classes.Names)], all = new double[2 * collective.Size];
        collective.AllGather(mine, all);
        for (int rank = 1; rank < collective.Size; rank++)
        {
            if (all[2 * rank] != all[0] || all[(2 * rank) + 1] != all[1])
            {
                throw new ArgumentException($"The label's keys stand for {all[2 * rank]} classes on rank {rank} and for {all[0]} on rank 0, or for others or in another order. Map the labels on every rank with the same values, such as keyData of MapValueToKey.");
            }
        }
    }

    // FNV-1a over the names, each ended by what no name holds.
    private static double Hash(IEnumerable<string> names)
    {
        ulong hash = 14695981039346656037;
        foreach (char letter in names.SelectMany(name => name.Append('\0')))
        {
            hash = (hash ^ letter) * 1099511628211;
        }
        return hash >> (64 - HashBits);
    }
}
