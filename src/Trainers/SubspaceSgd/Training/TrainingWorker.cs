// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>One logical worker: a shard of the rows and a gradient of its own.</summary>
/// <remarks>
/// The gradient is that of the weighted sum of the losses of the worker's slice, times N over the rows of the step: where slices are of equal
/// size and weights 1 it is the slice's mean gradient, and in any case the mean over the workers is the mean gradient of the whole mini-batch.
/// </remarks>
/// <param name="local">The number among the workers of this process.</param>
/// <param name="number">The number among all workers.</param>
/// <param name="gradient">Where its gradient goes.</param>
/// <param name="seed">What its random numbers come from.</param>
internal sealed class TrainingWorker(int local, int number, Memory<float> gradient, ulong seed)
{
    private const ulong PassStream = 0xD409;

    /// <summary>The weighted sum of the losses in the last step.</summary>
    public double LossSum { get; private set; }

    /// <summary>The sum of the weights in the last step.</summary>
    public double WeightSum { get; private set; }

    /// <summary>Computes the gradient of a step.</summary>
    /// <param name="lane">What to compute with.</param>
    /// <param name="weights">The parameters.</param>
    /// <param name="window">Where the rows lie.</param>
    /// <param name="plan">Which of them it takes.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="step">The step of the epoch, from 0.</param>
    /// <param name="scale">The factor on the gradient of the weighted sum of losses.</param>
    /// <param name="threads">How many threads a layer may take.</param>
    public void Compute(Lane lane, ReadOnlySpan<float> weights, RowWindow window, TrainingPlan plan, int epoch, long step, float scale, int threads)
    {
        var sum = gradient.Span;
        sum.Clear();
        LossSum = WeightSum = 0;
        long before = plan.RowsBefore(number, window.First);
        for (long miniBatch = step * plan.Accumulation; miniBatch < plan.EndOf(step); miniBatch++)
        {
            int start = (int)(plan.RowsBefore(number, miniBatch) - before), end = (int)(plan.RowsBefore(number, miniBatch + 1) - before);
            if (start == end)
            {
                continue;
            }
            lane.Batch.Load(window.Rows, window.Orders[local], start, end - start);
            lane.Random.Reseed(seed, PassStream, (ulong)((epoch * plan.MiniBatches) + miniBatch), (ulong)number);
            LossSum += lane.Replica.AddGradient(weights, lane.Batch, sum, new LayerPass(lane.Random, threads));
            WeightSum += lane.Batch.WeightSum();
        }
        TensorPrimitives.Multiply(sum, scale, sum);
    }
}
