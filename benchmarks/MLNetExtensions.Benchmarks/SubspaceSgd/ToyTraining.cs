// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>One training of the toy problem of arXiv 2411.03742's authors: find the zero of <c>w.x</c> for x uniform in the unit cube.</summary>
/// <remarks>
/// The loss is half the mean square; its second derivative has condition number 3001. Gradients of two mini-batches are summed, and the step
/// length is the best one along the update, which takes the known optimum, so that only the update's direction counts.
/// </remarks>
internal sealed class ToyTraining
{
    /// <summary>How long w is.</summary>
    public const int Dimension = 1000;

    /// <summary>Mini-batches of an optimiser step.</summary>
    public const int Accumulation = 2;

    // Below it squares come near the smallest floats; the training has arrived, and keeps its loss.
    private const double Arrived = 1e-24;

    private readonly GradientCombiner _combiner;
    private readonly float[] _weights;
    private readonly float[] _scores;
    private readonly int _workers;

    /// <summary>Begins.</summary>
    /// <param name="workers">Workers that share a mini-batch.</param>
    /// <param name="batch">Rows of a mini-batch over all workers.</param>
    /// <param name="aggregator">How gradients are combined.</param>
    /// <param name="seed">What w begins from; the same for all aggregators.</param>
    public ToyTraining(int workers, int batch, IGradientAggregator aggregator, ulong seed)
    {
        _workers = workers;
        _combiner = new GradientCombiner([Dimension], workers, aggregator, AggregationGranularity.Model);
        _scores = new float[batch];
        _weights = new float[Dimension];
        new RandomStream(seed, 1).FillUniform(_weights, -5, 5);
    }

    /// <summary>The loss of every mini-batch so far, over all workers.</summary>
    public List<double> Losses { get; } = [];

    /// <summary>Optimiser steps in which the mean took the place of what was chosen.</summary>
    public int Fallbacks { get; private set; }

    private bool HasArrived => Losses.Count > 0 && Losses[^1] < Arrived;

    /// <summary>Fills a mini-batch for all trainings of a seed.</summary>
    public static void Draw(Span<float> rows, ulong seed, int step) => new RandomStream(seed, 2, (ulong)step).FillUniform(rows, 0, 1);

    /// <summary>Adds the gradients of a mini-batch to those of the workers.</summary>
    public void Accumulate(ReadOnlySpan<float> rows)
    {
        if (HasArrived)
        {
            Losses.Add(Losses[^1]);
            return;
        }
        int share = _scores.Length / _workers;
        MatrixProduct.Multiply(rows, false, _weights, false, _scores, _scores.Length, 1, Dimension);
        Losses.Add(TensorPrimitives.SumOfSquares<float>(_scores) / (2.0 * _scores.Length));
        TensorPrimitives.Multiply(_scores, 1f / share, _scores);
        for (int worker = 0; worker < _workers; worker++)
        {
            var own = rows.Slice(worker * share * Dimension, share * Dimension);
            MatrixProduct.Multiply(own, true, _scores.AsSpan(worker * share, share), false, _combiner.Gradient(worker).Span, Dimension, 1, share, accumulate: true);
        }
    }

    /// <summary>Steps to the nearest point to the optimum along the update.</summary>
    public void Step()
    {
        if (HasArrived)
        {
            return;
        }
        Fallbacks += _combiner.Combine().FellBack ? 1 : 0;
        var update = _combiner.Update;
        double square = TensorPrimitives.Dot<float>(update, update);
        float rate = square > 0 ? (float)(TensorPrimitives.Dot<float>(update, _weights) / square) : 0;
        TensorPrimitives.MultiplyAdd(update, -rate, _weights, _weights);
        for (int worker = 0; worker < _workers; worker++)
        {
            _combiner.Gradient(worker).Span.Clear();
        }
    }
}
