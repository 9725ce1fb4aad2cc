// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Which worker takes how many rows at which step.</summary>
/// <remarks>
/// An epoch is cut into mini-batches of nearly equal size, and each worker's shard into as many slices: so all
/// workers are done at the same step, whatever the sizes of their shards.
/// </remarks>
internal sealed class TrainingPlan
{
    private readonly long[] _shards;

    /// <summary>Cuts the shards.</summary>
    /// <param name="shards">Rows of each worker, over all ranks.</param>
    /// <param name="batchSize">Rows of a mini-batch over all workers, about.</param>
    /// <param name="accumulation">Mini-batches of an optimiser step.</param>
    public TrainingPlan(long[] shards, int batchSize, int accumulation)
    {
        _shards = shards;
        Rows = shards.Sum();
        Debug.Assert(batchSize >= shards.Length && Rows >= batchSize, "Every worker gets rows.");
        BatchSize = batchSize;
        Accumulation = accumulation;
        MiniBatches = (Rows + batchSize - 1) / batchSize;
        Steps = (MiniBatches + accumulation - 1) / accumulation;
    }

    /// <summary>All rows of an epoch.</summary>
    public long Rows { get; }

    /// <summary>N.</summary>
    public int Workers => _shards.Length;

    /// <summary>Rows of a mini-batch, about.</summary>
    public int BatchSize { get; }

    /// <summary>Mini-batches of a step; the last step of an epoch may have fewer.</summary>
    public int Accumulation { get; }

    /// <summary>Mini-batches of an epoch.</summary>
    public long MiniBatches { get; }

    /// <summary>Optimiser steps of an epoch.</summary>
    public long Steps { get; }

    /// <summary>The most rows that a worker has in one mini-batch.</summary>
    public int LargestSlice => checked((int)(((_shards.Max() - 1) / MiniBatches) + 1));

    /// <summary>The mini-batch after the last one of a step.</summary>
    public long EndOf(long step) => Math.Min((step + 1) * Accumulation, MiniBatches);

    /// <summary>How many steps begin before a mini-batch.</summary>
    public long StepsBefore(long miniBatch) => (miniBatch + Accumulation - 1) / Accumulation;

    /// <summary>How many of a worker's rows come before a mini-batch.</summary>
    public long RowsBefore(int worker, long miniBatch) => checked(_shards[worker] * miniBatch) / MiniBatches;

    /// <summary>Rows of all workers in a step.</summary>
    public long RowsOf(long step) => RowsOf(step, out _);

    /// <summary>Rows of all workers in a step, and how many workers have any.</summary>
    public long RowsOf(long step, out int activeWorkers)
    {
        long first = step * Accumulation, end = EndOf(step), rows = 0;
        activeWorkers = 0;
        for (int worker = 0; worker < _shards.Length; worker++)
        {
            long own = RowsBefore(worker, end) - RowsBefore(worker, first);
            rows += own;
            activeWorkers += own > 0 ? 1 : 0;
        }
        return rows;
    }
}
