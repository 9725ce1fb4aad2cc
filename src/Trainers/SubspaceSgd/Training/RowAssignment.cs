// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Says which worker a row belongs to, or that it is held out.</summary>
/// <remarks>
/// Row r of a process belongs to its worker r mod L. Where R ranks are given the rows r mod R of one set, each keeping their order, that
/// makes the same N = L R shards, and holds the same rows out, as N workers in one process.
/// </remarks>
internal sealed class RowAssignment(int localWorkers, int rank, int ranks, double heldOut, ulong seed)
{
    private const ulong Stream = 0x4E1D0007;

    private readonly RandomStream _random = new(seed);

    /// <summary>L.</summary>
    public int LocalWorkers => localWorkers;

    /// <summary>The number of a local worker among all.</summary>
    public int NumberOf(int localWorker) => (localWorker * ranks) + rank;

    /// <summary>The local worker that a row of this process belongs to; -1 for a row that is held out.</summary>
    public int WorkerOf(long row)
    {
        if (heldOut > 0)
        {
            _random.Reseed(seed, Stream, (ulong)((row * ranks) + rank));
            if (_random.NextDouble() < heldOut)
            {
                return -1;
            }
        }
        return (int)(row % localWorkers);
    }
}
