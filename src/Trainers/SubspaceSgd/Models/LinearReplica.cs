// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Networks;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>A linear model on one thread.</summary>
internal sealed class LinearReplica(int features, int outputs, ILoss loss) : ICurvedReplica
{
    private readonly DenseMatrix _scores = new(0, outputs);
    private readonly DenseMatrix _scoreGradient = new(0, outputs);
    private readonly DenseMatrix _gathered = new(0, features);
    private readonly List<DenseMatrix> _products = [];
    private readonly DenseMatrix _curved = new(0, outputs);

    public DenseMatrix Score(ReadOnlySpan<float> parameters, RowBatch batch)
    {
        MultiplyRows(batch, parameters[..(features * outputs)], parameters[(features * outputs)..], _scores);
        return _scores;
    }

    // Scores are linear in the parameters: a direction's product with their derivative is what the direction would score.
    public void AddCurvature(ReadOnlySpan<float> parameters, RowBatch batch, int directions, DirectionReader direction, double factor, Span<double> terms)
    {
        var curved = (ICurvedLoss)loss;
        Score(parameters, batch);
        while (_products.Count < directions)
        {
            _products.Add(new DenseMatrix(0, outputs));
        }
        for (int j = 0; j < directions; j++)
        {
            MultiplyRows(batch, direction(j)[..(features * outputs)], direction(j)[(features * outputs)..], _products[j]);
            curved.MultiplyBySecondDerivative(_scores, batch.Targets, batch.Weights, _products[j], _curved.Resize(batch.Count));
            for (int i = 0; i <= j; i++)
            {
                double term = factor * Dot(_products[i].Values, _curved.Values);
                terms[(i * directions) + j] += term;
                terms[(j * directions) + i] += i == j ? 0 : term;
            }
        }
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

    // In doubles: directions that depend on each other differ in the last digits of these.
    private static double Dot(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double sum = 0;
        for (int i = 0; i < a.Length; i++)
        {
            sum += (double)a[i] * b[i];
        }
        return sum;
    }

    // result = X W + b
    private void MultiplyRows(RowBatch batch, ReadOnlySpan<float> weights, ReadOnlySpan<float> bias, DenseMatrix result)
    {
        result.Resize(batch.Count);
        if (outputs == 1)
        {
            for (int i = 0; i < batch.Count; i++)
            {
                result[i, 0] = bias[0] + batch[i].Dot(weights);
            }
            return;
        }
        for (int i = 0; i < batch.Count; i++)
        {
            bias.CopyTo(result.Row(i));
        }
        if (batch.IsDense)
        {
            batch.CopyFeatures(_gathered);
            MatrixProduct.Multiply(_gathered.Values, false, weights, false, result.Values, batch.Count, outputs, features, accumulate: true);
            return;
        }
        for (int i = 0; i < batch.Count; i++)
        {
            AddProduct(batch[i], weights, result.Row(i));
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
