// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>A linear model on one thread.</summary>
internal sealed class LinearReplica(int features, int outputs, ILoss loss) : IModelReplica
{
    private readonly DenseMatrix _scores = new(0, outputs);
    private readonly DenseMatrix _scoreGradient = new(0, outputs);
    private readonly DenseMatrix _gathered = new(0, features);

    public DenseMatrix Score(ReadOnlySpan<float> parameters, RowBatch batch)
    {
        MultiplyRows(batch, parameters[..(features * outputs)], parameters[(features * outputs)..]);
        return _scores;
    }

    public double AddGradient(ReadOnlySpan<float> parameters, RowBatch batch, Span<float> gradient, in LayerPass pass)
    {
        Score(parameters, batch);
        double sum = loss.Evaluate(_scores, batch.Targets, batch.Weights, _scoreGradient.Resize(batch.Count));
        var weights = gradient[..(features * outputs)];
        var bias = gradient[(features * outputs)..];
        for (int i = 0; i < batch.Count; i++)
        {
            TensorPrimitives.Add(bias, _scoreGradient.Row(i), bias);
        }
        if (outputs > 1 && batch.IsDense)
        {
            MatrixProduct.Multiply(_gathered.Values, true, _scoreGradient.Values, false, weights, features, outputs, batch.Count, accumulate: true, pass.Threads);
            return sum;
        }
        for (int i = 0; i < batch.Count; i++)
        {
            AddOuter(batch[i], _scoreGradient.Row(i), weights);
        }
        return sum;
    }

    // scores = X W + b
    private void MultiplyRows(RowBatch batch, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias)
    {
        _scores.Resize(batch.Count);
        if (outputs == 1)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                _scores[i, 0] = bias[0] + batch[i].Dot(weights);
            }
            return;
        }
        for (int i = 0; i < batch.Count; i++)
        {
            bias.CopyTo(_scores.Row(i));
        }
        if (batch.IsDense)
        {
            batch.CopyFeatures(_gathered);
            MatrixProduct.Multiply(_gathered.Values, false, weights, false, _scores.Values, batch.Count, outputs, features, accumulate: true);
            return;
        }
        for (int i = 0; i < batch.Count; i++)
        {
            AddProduct(batch[i], weights, _scores.Row(i));
        }
    }

    private void AddProduct(FeatureRow row, ReadOnlySpan<float> weights, Span<float> scores)
    {
        for (int k = 0; k < row.Values.Length; k++)
        {
            int feature = row.IsDense ? k : row.Indices[k];
            TensorPrimitives.MultiplyAdd(weights.Slice(feature * outputs, outputs), row.Values[k], scores, scores);
        }
    }

    private void AddOuter(FeatureRow row, ReadOnlySpan<float> scoreGradient, Span<float> weights)
    {
        if (outputs == 1)
        {
            row.AddTo(weights, scoreGradient[0]);
            return;
        }
        for (int k = 0; k < row.Values.Length; k++)
        {
            var destination = weights.Slice((row.IsDense ? k : row.Indices[k]) * outputs, outputs);
            TensorPrimitives.MultiplyAdd(scoreGradient, row.Values[k], destination, destination);
        }
    }
}
