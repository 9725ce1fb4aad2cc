// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Shards of rows that are in memory: an epoch is one window, and each worker shuffles its whole shard.</summary>
internal sealed class CachedShards : IShardedRows
{
    private readonly TrainingRows _rows;
    private readonly RowAssignment _assignment;
    private readonly int[][] _shards;
    private readonly int[][] _orders;
    private readonly int[] _heldOut;
    private readonly ulong _seed;
    private readonly RandomStream _random = new(0);

    public CachedShards(TrainingRows rows, RowAssignment assignment, RowCensus census, ulong seed)
    {
        _rows = rows;
        _assignment = assignment;
        _seed = seed;
        _shards = [.. census.Shards.Select(count => new int[count])];
        _orders = [.. census.Shards.Select(count => new int[count])];
        _heldOut = new int[census.HeldOut];
        int[] filled = new int[_shards.Length];
        int heldOut = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            int worker = assignment.WorkerOf(row);
            if (worker < 0)
            {
                _heldOut[heldOut++] = row;
            }
            else
            {
                _shards[worker][filled[worker]++] = row;
            }
        }
    }

    public IEnumerable<RowWindow> Epoch(int epoch, TrainingPlan plan)
    {
        for (int worker = 0; worker < _shards.Length; worker++)
        {
            // From the same beginning at each epoch, so that a training can go on at any of them.
            _shards[worker].CopyTo(_orders[worker], 0);
            RowShuffle.Apply(_orders[worker], _random, _seed, epoch, _assignment.NumberOf(worker), 0);
        }
        yield return new RowWindow(_rows, _orders, 0, plan.MiniBatches);
    }

    public IEnumerable<(TrainingRows Rows, int[] Numbers)> HeldOut() => [(_rows, _heldOut)];
}
