// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>One logical worker: its rows, in an order of its own that is new at each epoch, and its gradient.</summary>
internal sealed class TrainingWorker(int number, IModelReplica replica, TargetCoding coding, Memory<float> gradient, ulong seed)
{
    // What this worker's random numbers are for; part of the name of each stream.
    private const ulong ShuffleStream = 0x5487FF1E, PassStream = 0xD409;

    private readonly RowBatch _batch = new(coding);
    private readonly RandomStream _random = new(seed);
    private int[] _shard = [];
    private int[] _order = [];

    /// <summary>The number among all workers of all ranks.</summary>
    public int Number => number;

    /// <summary>Its gradient of the last step.</summary>
    public Memory<float> Gradient => gradient;

    /// <summary>The weighted sum of the losses in the last step.</summary>
    public double LossSum { get; private set; }

    /// <summary>The sum of the weights in the last step.</summary>
    public double WeightSum { get; private set; }

    /// <summary>Takes the rows of its shard.</summary>
    public void SetShard(int[] rows)
    {
        _shard = rows;
        _order = new int[rows.Length];
    }

    /// <summary>Puts the rows into the order of an epoch.</summary>
    public void Shuffle(int epoch)
    {
        _shard.CopyTo(_order, 0);
        _random.Reseed(seed, ShuffleStream, (ulong)epoch, (ulong)number);
        _random.Shuffle<int>(_order);
    }

    /// <summary>Computes the gradient of a step.</summary>
    /// <param name="parameters">The parameters.</param>
    /// <param name="rows">Where the rows lie.</param>
    /// <param name="plan">Which of them it takes.</param>
    /// <param name="epoch">The epoch, from 0.</param>
    /// <param name="step">The step of the epoch, from 0.</param>
    /// <param name="scale">The factor on the gradient of the weighted sum of losses.</param>
    /// <param name="threads">How many threads a layer may take.</param>
    public void Compute(ReadOnlySpan<float> parameters, TrainingRows rows, TrainingPlan plan, int epoch, long step, float scale, int threads)
    {
        var sum = gradient.Span;
        sum.Clear();
        LossSum = WeightSum = 0;
        for (long miniBatch = step * plan.Accumulation; miniBatch < plan.EndOf(step); miniBatch++)
        {
            int start = (int)plan.RowsBefore(number, miniBatch), end = (int)plan.RowsBefore(number, miniBatch + 1);
            if (start == end)
            {
                continue;
            }
            _batch.Load(rows, _order, start, end - start);
            _random.Reseed(seed, PassStream, (ulong)((epoch * plan.MiniBatches) + miniBatch), (ulong)number);
            LossSum += replica.AddGradient(parameters, _batch, sum, new LayerPass(_random, threads));
            WeightSum += _batch.WeightSum();
        }
        TensorPrimitives.Multiply(sum, scale, sum);
    }
}
