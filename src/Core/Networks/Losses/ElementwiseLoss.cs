// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>Sums a loss of one score and one target over all values of a batch, weighted by rows.</summary>
internal static class ElementwiseLoss
{
    /// <summary>The weighted sum and its derivative by the scores.</summary>
    public static double Evaluate<TLoss>(TLoss loss, DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient)
        where TLoss : struct, IScalarLoss
    {
        LossChecks.Shapes(scores, targets, scores.Columns, weights);
        LossChecks.Like(scores, gradient)?.Resize(scores.Rows);
        var derivative = gradient is null ? [] : gradient.Values;
        if (weights.IsEmpty || scores.Columns == 1)
        {
            return Sum(loss, scores.Values, targets.Values, weights, 1, derivative);
        }
        double sum = 0;
        for (int i = 0; i < scores.Rows; i++)
        {
            sum += Sum(loss, scores.Row(i), targets.Row(i), [], weights[i], gradient is null ? [] : gradient.Row(i));
        }
        return sum;
    }

    /// <summary>The directions times the weighted second derivative, which is diagonal.</summary>
    public static void MultiplyBySecondDerivative<TLoss>(
        TLoss loss, DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix directions, DenseMatrix result)
        where TLoss : struct, IScalarLoss
    {
        LossChecks.Shapes(scores, targets, scores.Columns, weights);
        LossChecks.Directions(scores, directions, result);
        result.Resize(scores.Rows);
        if (weights.IsEmpty || scores.Columns == 1)
        {
            Curve(loss, scores.Values, targets.Values, weights, 1, directions.Values, result.Values);
            return;
        }
        for (int i = 0; i < scores.Rows; i++)
        {
            Curve(loss, scores.Row(i), targets.Row(i), [], weights[i], directions.Row(i), result.Row(i));
        }
    }

    // Single-precision losses, summed in double precision.
    private static double Sum<TLoss>(TLoss loss, ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, float weight, Span<float> gradient)
        where TLoss : struct, IScalarLoss
    {
        var vectors = VectorLoop.Vectors(scores);
        var targetVectors = VectorLoop.Vectors(targets);
        var weightVectors = VectorLoop.Vectors(weights);
        var gradientVectors = VectorLoop.Vectors(gradient);
        var factor = new Vector<float>(weight);
        Vector<double> even = default, odd = default;
        for (int i = 0; i < vectors.Length; i++)
        {
            if (!weights.IsEmpty)
            {
                factor = weightVectors[i];
            }
            var values = factor * loss.Loss(vectors[i], targetVectors[i], out var derivative);
            Add(values, ref even, ref odd);
            if (!gradient.IsEmpty)
            {
                gradientVectors[i] = factor * derivative;
            }
        }
        int rest = VectorLoop.Rest(scores.Length);
        if (rest < scores.Length)
        {
            // What pads the vector weighs nothing.
            factor = weights.IsEmpty ? Vector.ConditionalSelect(First(scores.Length - rest), factor, Vector<float>.Zero) : VectorLoop.Load(weights[rest..]);
            var values = factor * loss.Loss(VectorLoop.Load(scores[rest..]), VectorLoop.Load(targets[rest..]), out var derivative);
            Add(values, ref even, ref odd);
            if (!gradient.IsEmpty)
            {
                VectorLoop.Store(factor * derivative, gradient[rest..]);
            }
        }
        return Vector.Sum(even + odd);
    }

    private static void Curve<TLoss>(
        TLoss loss, ReadOnlySpan<float> scores, ReadOnlySpan<float> targets, ReadOnlySpan<float> weights, float weight, ReadOnlySpan<float> directions, Span<float> result)
        where TLoss : struct, IScalarLoss
    {
        var vectors = VectorLoop.Vectors(scores);
        var targetVectors = VectorLoop.Vectors(targets);
        var weightVectors = VectorLoop.Vectors(weights);
        var directionVectors = VectorLoop.Vectors(directions);
        var resultVectors = VectorLoop.Vectors(result);
        var factor = new Vector<float>(weight);
        for (int i = 0; i < vectors.Length; i++)
        {
            if (!weights.IsEmpty)
            {
                factor = weightVectors[i];
            }
            resultVectors[i] = factor * directionVectors[i] * loss.SecondDerivative(vectors[i], targetVectors[i]);
        }
        int rest = VectorLoop.Rest(scores.Length);
        if (rest < scores.Length)
        {
            factor = weights.IsEmpty ? factor : VectorLoop.Load(weights[rest..]);
            var curvature = loss.SecondDerivative(VectorLoop.Load(scores[rest..]), VectorLoop.Load(targets[rest..]));
            VectorLoop.Store(factor * VectorLoop.Load(directions[rest..]) * curvature, result[rest..]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(Vector<float> values, ref Vector<double> even, ref Vector<double> odd)
    {
        Vector.Widen(values, out var low, out var high);
        even += low;
        odd += high;
    }

    private static Vector<int> First(int count) => Vector.LessThan(Vector<int>.Indices, new Vector<int>(count));
}
