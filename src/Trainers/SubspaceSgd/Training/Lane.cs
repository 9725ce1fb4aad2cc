// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>What one thread computes with, for whichever worker it is given; nothing of it outlasts the work.</summary>
internal sealed class Lane(IModelReplica replica, ILoss loss, TargetCoding coding)
{
    public IModelReplica Replica => replica;

    public RowBatch Batch { get; } = new(coding);

    public RandomStream Random { get; } = new(0);

    /// <summary>The weighted sum of the losses of some rows, and the sum of their weights.</summary>
    public (double Loss, double Weight) Evaluate(ReadOnlySpan<float> parameters, TrainingRows rows, int[] order, int start, int count)
    {
        Batch.Load(rows, order, start, count);
        return (loss.Evaluate(replica.Score(parameters, Batch), Batch.Targets, Batch.Weights, null), Batch.WeightSum());
    }
}
