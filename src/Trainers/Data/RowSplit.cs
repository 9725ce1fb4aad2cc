// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Holds rows out, drawn by seed and row number: whatever belongs to a row is held out with it.</summary>
/// <param name="heldOut">The part that is held out, in [0, 1).</param>
/// <param name="seed">What is drawn by.</param>
internal sealed class RowSplit(double heldOut, ulong seed)
{
    private readonly RowAssignment _assignment = new(1, 0, 1, heldOut, seed);

    /// <summary>Whether a row is held out.</summary>
    public bool IsHeldOut(long row) => _assignment.WorkerOf(row) < 0;

    /// <summary>The rows to train on, and those that are held out; both keep their order.</summary>
    public (TrainingRows Training, TrainingRows HeldOut) Of(TrainingRows rows)
    {
        if (heldOut == 0)
        {
            return (rows, new TrainingRowsBuilder(rows.Features).Finish());
        }
        TrainingRowsBuilder training = new(rows.Features), others = new(rows.Features);
        for (int row = 0; row < rows.Count; row++)
        {
            (IsHeldOut(row) ? others : training).Add(rows[row], rows.Labels[row], rows.Weights.IsEmpty ? 1 : rows.Weights[row]);
        }
        return (training.Finish(), others.Finish());
    }
}
