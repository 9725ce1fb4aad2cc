// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>This process's rows, distributed over its workers and the rows held out.</summary>
internal interface IShardedRows
{
    /// <summary>The rows of an epoch, window after window, each worker's in an order that seed, epoch and worker give.</summary>
    IEnumerable<RowWindow> Epoch(int epoch, TrainingPlan plan);

    /// <summary>The rows held out: where they lie, and their numbers.</summary>
    IEnumerable<(TrainingRows Rows, int[] Numbers)> HeldOut();
}
