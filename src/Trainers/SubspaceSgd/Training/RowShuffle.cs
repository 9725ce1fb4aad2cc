// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The order in which a worker takes its rows.</summary>
internal static class RowShuffle
{
    private const ulong Stream = 0x5487_FF1E;

    /// <summary>Shuffles rows as seed, epoch, worker and window say.</summary>
    public static void Apply(Span<int> rows, RandomStream random, ulong seed, int epoch, int worker, int window)
    {
        random.Reseed(seed ^ Stream, (ulong)epoch, (ulong)worker, (ulong)window);
        random.Shuffle(rows);
    }
}
