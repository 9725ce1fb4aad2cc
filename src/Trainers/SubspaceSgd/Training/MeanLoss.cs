// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>The weighted loss of many rows.</summary>
internal sealed class MeanLoss(IModelReplica replica, ILoss loss, TargetCoding coding)
{
    private const int BlockRows = 1024;

    private readonly RowBatch _batch = new(coding);

    /// <summary>Sums over some rows.</summary>
    /// <returns>The weighted sum of the losses, and the sum of the weights.</returns>
    public (double Loss, double Weight) Sum(ReadOnlySpan<float> parameters, TrainingRows rows, int[] numbers)
    {
        double sum = 0, weight = 0;
        for (int start = 0; start < numbers.Length; start += BlockRows)
        {
            _batch.Load(rows, numbers, start, Math.Min(BlockRows, numbers.Length - start));
            sum += loss.Evaluate(replica.Score(parameters, _batch), _batch.Targets, _batch.Weights, null);
            weight += _batch.WeightSum();
        }
        return (sum, weight);
    }
}
