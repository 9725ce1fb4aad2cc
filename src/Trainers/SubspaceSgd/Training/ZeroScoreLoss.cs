// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The loss of scores that are all zero: what a loss is large or small beside.</summary>
internal static class ZeroScoreLoss
{
    private const int BlockRows = 1024;

    /// <summary>The weighted sum over this process's rows to train on, in one pass over labels and weights.</summary>
    public static double Sum(TrainingData rows, int outputs, ILoss loss, TargetCoding coding, RowAssignment assignment, CancellationToken cancel)
    {
        DenseMatrix zeros = new(BlockRows, outputs), targets = new(BlockRows, coding.Columns);
        float[] weights = new float[BlockRows];
        double sum = 0;
        int filled = 0;
        using var cursor = rows.Open(features: false);
        for (long row = 0; cursor.MoveNext(); row++)
        {
            if (assignment.WorkerOf(row) < 0)
            {
                continue;
            }
            coding.Encode(cursor.Label, targets.Row(filled));
            weights[filled++] = coding.Weigh(cursor.Label, cursor.Weight);
            if (filled == BlockRows)
            {
                cancel.ThrowIfCancellationRequested();
                sum += loss.Evaluate(zeros, targets, weights, null);
                filled = 0;
            }
        }
        return filled == 0 ? sum : sum + loss.Evaluate(zeros.Resize(filled), targets.Resize(filled), weights.AsSpan(0, filled), null);
    }
}
