// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics.Tensors;
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Models;

/// <summary>A loss of scores that are standardised: what the model computes, times the labels' deviation, plus their mean, is what the loss is taken of.</summary>
/// <remarks>
/// The loss sees scores and labels in the labels' own unit, so that its constants, such as Huber's delta, mean what they say. It is divided by
/// the labels' variance: the squared loss becomes that of standardised labels, and gradients are of about unit size whatever the unit.
/// </remarks>
internal sealed class StandardizedLoss : ICurvedLoss
{
    // A loss serves all threads.
    [ThreadStatic]
    private static DenseMatrix? _scores;

    private readonly ILoss _inner;

    public StandardizedLoss(ILoss inner, double mean, double deviation)
    {
        _inner = inner;
        Mean = (float)mean;
        Deviation = deviation > 0 && float.IsNormal((float)deviation) ? (float)deviation : 1;
    }

    public float Mean { get; }

    public float Deviation { get; }

    public int TargetColumns(int scoreColumns) => _inner.TargetColumns(scoreColumns);

    public double Evaluate(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient)
    {
        double sum = _inner.Evaluate(InLabelUnits(scores), targets, weights, gradient);
        if (gradient is not null)
        {
            TensorPrimitives.Divide(gradient.Values, Deviation, gradient.Values);
        }
        return sum / Deviation / Deviation;
    }

    public void MultiplyBySecondDerivative(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix directions, DenseMatrix result) =>
        ((ICurvedLoss)_inner).MultiplyBySecondDerivative(InLabelUnits(scores), targets, weights, directions, result);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{_inner} of standardised scores");

    private DenseMatrix InLabelUnits(DenseMatrix scores)
    {
        var result = (_scores ??= new DenseMatrix(0, 1)).Resize(scores.Rows);
        TensorPrimitives.Multiply(scores.Values, Deviation, result.Values);
        TensorPrimitives.Add(result.Values, Mean, result.Values);
        return result;
    }
}
