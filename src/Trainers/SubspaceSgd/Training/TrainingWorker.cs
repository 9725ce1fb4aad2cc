// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>One logical worker: a shard of the rows and a gradient of its own.</summary>
/// <remarks>
/// The gradient is that of the weighted sum of the losses of the worker's slice, times N over the rows of the step: where slices are of equal
/// size and weights 1 it is the slice's mean gradient, and in any case the mean over the workers is the mean gradient of the whole mini-batch.
/// </remarks>
/// <param name="local">The number among the workers of this process.</param>
/// <param name="number">The number among all workers.</param>
/// <param name="gradient">Where its gradient goes.</param>
/// <param name="plan">Which rows it takes at which step.</param>
/// <param name="seed">What its random numbers come from.</param>
internal sealed class TrainingWorker(int local, int number, Memory<float> gradient, TrainingPlan plan, ulong seed)
{
    private const ulong PassStream = 0xD409;

    /// <summary>The weighted sum of the losses in the last step.</summary>
    public double LossSum { get; private set; }

    /// <summary>The sum of the weights in the last step.</summary>
    public double WeightSum { get; private set; }

    /// <summary>Computes the gradient of a step.</summary>
    /// <param name="lane">What to compute with.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="window">Where the rows lie.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="step">The step of the epoch, from 0.</param>
    /// <param name="scale">The factor on the gradient of the weighted sum of losses.</param>
    /// <param name="threads">How many threads a layer may take.</param>
    public void Compute(Lane lane, ReadOnlySpan<float> parameters, RowWindow window, int epoch, long step, float scale, int threads)
    {
        var sum = gradient.Span;
        sum.Clear();
        LossSum = WeightSum = 0;
        for (long miniBatch = step * plan.Accumulation; miniBatch < plan.EndOf(step); miniBatch++)
        {
            if (TryLoad(lane.Batch, window, miniBatch))
            {
                lane.Random.Reseed(seed, PassStream, (ulong)((epoch * plan.MiniBatches) + miniBatch), (ulong)number);
                LossSum += lane.Replica.AddGradient(parameters, lane.Batch, sum, new LayerPass(lane.Random, threads));
                WeightSum += lane.Batch.WeightSum();
            }
        }
        TensorPrimitives.Multiply(sum, scale, sum);
    }

    /// <summary>Adds the curvature terms of a step's rows.</summary>
    /// <param name="lane">What to compute with.</param>
    /// <param name="parameters">The parameters.</param>
    /// <param name="window">Where the rows lie.</param>
    /// <param name="step">The step of the epoch, from 0.</param>
    /// <param name="direction">The workers' gradients, of all N.</param>
    /// <param name="factor">The factor on the second derivative of the weighted sum of losses.</param>
    /// <param name="terms">What they are added to, N x N.</param>
    public void AddCurvature(Lane lane, ReadOnlySpan<float> parameters, RowWindow window, long step, DirectionReader direction, double factor, Span<double> terms)
    {
        var replica = (ICurvedReplica)lane.Replica;
        for (long miniBatch = step * plan.Accumulation; miniBatch < plan.EndOf(step); miniBatch++)
        {
            if (TryLoad(lane.Batch, window, miniBatch))
            {
                replica.AddCurvature(parameters, lane.Batch, plan.Workers, direction, factor, terms);
            }
        }
    }

    // False when the worker has no rows in the mini-batch.
    private bool TryLoad(RowBatch batch, RowWindow window, long miniBatch)
    {
        long before = plan.RowsBefore(number, window.First);
        int start = (int)(plan.RowsBefore(number, miniBatch) - before), end = (int)(plan.RowsBefore(number, miniBatch + 1) - before);
        if (start == end)
        {
            return false;
        }
        batch.Load(window.Rows, window.Orders[local], start, end - start);
        return true;
    }
}
