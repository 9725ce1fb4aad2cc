// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Holds rows out, drawn by seed and row number.</summary>
internal static class RowSplit
{
    /// <summary>The rows to train on, and those that are held out; both keep their order.</summary>
    /// <param name="rows">All rows.</param>
    /// <param name="heldOut">The part that is held out, in [0, 1).</param>
    /// <param name="seed">What is drawn by.</param>
    public static (TrainingRows Training, TrainingRows HeldOut) Of(TrainingRows rows, double heldOut, ulong seed)
    {
        if (heldOut == 0)
        {
            return (rows, new TrainingRowsBuilder(rows.Features).Finish());
        }
        RowAssignment assignment = new(1, 0, 1, heldOut, seed);
        TrainingRowsBuilder training = new(rows.Features), others = new(rows.Features);
        for (int row = 0; row < rows.Count; row++)
        {
            (assignment.WorkerOf(row) < 0 ? others : training).Add(rows[row], rows.Labels[row], rows.Weights.IsEmpty ? 1 : rows.Weights[row]);
        }
        return (training.Finish(), others.Finish());
    }
}
