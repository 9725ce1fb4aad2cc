// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Auc;

/// <summary>The area under the ROC curve, by the squared loss of pairs, as a saddle of quadratics that needs no pairs.</summary>
/// <remarks>
/// With p the positive share, q = p (1 - p), M₊ and M₋ means by weight over the rows of a class, s = x'w the score, it is, over w, a, b and α,
/// <c>min max q M₊(s - a)² + q M₋(s - b)² + 2 q (1 + α)(M₋ s - M₊ s) - q α² + ρ/2 ‖w‖²</c>. Its value is q times the mean of
/// <c>(1 - (s₊ - s₋))²</c> over all pairs of a positive and a negative row, less q, plus the penalty (Y. Ying, L. Wen, S. Lyu, "Stochastic online
/// AUC maximization", 2016). One bundle is one product with the rows and one with their transpose, done in one pass.
/// Preconditioned, x = (w / scale, a - μ₊'w, b - μ₋'w): the same saddle, and neither features with a large mean nor features of different size are hard.
/// </remarks>
internal sealed class AucSaddleProblem : ISaddleProblem
{
    private readonly TrainingRows _rows;
    private readonly int _features;
    private readonly double _l2;
    private readonly double _q;
    private readonly ClassMoments _moments;
    private readonly double[]? _scale;
    private readonly double[] _weights;
    private readonly double[] _scaledDifference;
    private readonly ChunkedSum _sums;
    private readonly ChunkedSum.AddRows _addRows;
    private double _positiveOffset;
    private double _negativeOffset;

    /// <summary>Takes the rows.</summary>
    /// <param name="rows">The rows; labels are 1 and 0.</param>
    /// <param name="moments">Their classes' moments.</param>
    /// <param name="l2">ρ.</param>
    /// <param name="isPreconditioned">Whether variables are scaled and centred.</param>
    /// <param name="team">The threads that pass over the rows.</param>
    public AucSaddleProblem(TrainingRows rows, ClassMoments moments, double l2, bool isPreconditioned, ThreadTeam team)
    {
        _rows = rows;
        _features = rows.Features;
        _l2 = l2;
        _moments = moments;
        double share = moments.PositiveWeight / (moments.PositiveWeight + moments.NegativeWeight);
        _q = share * (1 - share);
        _scale = isPreconditioned ? [.. Enumerable.Range(0, _features).Select(Scale)] : null;
        _weights = new double[_features];
        _scaledDifference = [.. moments.Difference.Select((value, j) => value * (_scale?[j] ?? 1))];
        _sums = new ChunkedSum((int)rows.Count, _features + 4, team);
        _addRows = AddRows;
    }

    /// <inheritdoc/>
    public int PrimalSize => _features + 2;

    /// <inheritdoc/>
    public int DualSize => 1;

    /// <inheritdoc/>
    public bool IsAffine => true;

    /// <inheritdoc/>
    public void Field(ReadOnlySpan<double> point, Span<double> field)
    {
        Multiply(point, point[^1], field);
        // The terms without variables: 2 q (M₋ s - M₊ s).
        var inWeights = field[.._features];
        TensorPrimitives.MultiplyAdd(_scaledDifference, -2 * _q, inWeights, inWeights);
    }

    /// <inheritdoc/>
    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        double dual = direction[^1];
        Multiply(direction, 0, primalImage);
        // The image of (0, q) costs nothing: J is F less its constant.
        var inWeights = dualImage[.._features];
        TensorPrimitives.Multiply(_scaledDifference, -2 * _q * dual, inWeights);
        dualImage[_features] = 0;
        dualImage[_features + 1] = 0;
        dualImage[^1] = 2 * _q * dual;
    }

    /// <summary>The value of the saddle function at a point.</summary>
    public double Value(ReadOnlySpan<double> point)
    {
        double[] sums = Pass(point);
        double dual = point[^1], margin = TensorPrimitives.Dot<double>(_moments.Difference, _weights);
        return (_q * (sums[_features + 2] + sums[_features + 3])) - (2 * _q * (1 + dual) * margin) - (_q * dual * dual)
            + (0.5 * _l2 * TensorPrimitives.Dot<double>(_weights, _weights));
    }

    /// <summary>w at a point.</summary>
    public double[] WeightsAt(ReadOnlySpan<double> point)
    {
        double[] weights = point[.._features].ToArray();
        if (_scale is not null)
        {
            TensorPrimitives.Multiply(weights, _scale, weights);
        }
        return weights;
    }

    // J z, with another α.
    private void Multiply(ReadOnlySpan<double> point, double dual, Span<double> image)
    {
        double[] sums = Pass(point);
        double positive = sums[_features], negative = sums[_features + 1], twoQ = 2 * _q;
        var inWeights = image[.._features];
        TensorPrimitives.Multiply(sums.AsSpan(0, _features), twoQ, inWeights);
        if (_scale is not null)
        {
            TensorPrimitives.MultiplyAdd(_moments.PositiveMean, -twoQ * positive, inWeights, inWeights);
            TensorPrimitives.MultiplyAdd(_moments.NegativeMean, -twoQ * negative, inWeights, inWeights);
        }
        TensorPrimitives.MultiplyAdd(_weights, _l2, inWeights, inWeights);
        if (_scale is not null)
        {
            TensorPrimitives.Multiply(inWeights, _scale, inWeights);
        }
        TensorPrimitives.MultiplyAdd(_scaledDifference, -twoQ * dual, inWeights, inWeights);
        // M₊(s - a): with centred variables it is -a exactly, which the sum misses by rounding.
        image[_features] = twoQ * (_scale is null ? -positive : point[_features]);
        image[_features + 1] = twoQ * (_scale is null ? -negative : point[_features + 1]);
        image[^1] = twoQ * (dual + TensorPrimitives.Dot(_scaledDifference, point[.._features]));
    }

    // The sums over rows of M₊(s - a) x + M₋(s - b) x; then M₊(s - a), M₋(s - b), M₊(s - a)², M₋(s - b)².
    private double[] Pass(ReadOnlySpan<double> point)
    {
        point[.._features].CopyTo(_weights);
        _positiveOffset = point[_features];
        _negativeOffset = point[_features + 1];
        if (_scale is not null)
        {
            TensorPrimitives.Multiply(_weights, _scale, _weights);
            _positiveOffset += TensorPrimitives.Dot<double>(_moments.PositiveMean, _weights);
            _negativeOffset += TensorPrimitives.Dot<double>(_moments.NegativeMean, _weights);
        }
        return _sums.Over(_addRows);
    }

    private void AddRows(int first, int end, double[] sum)
    {
        var inWeights = sum.AsSpan(0, _features);
        for (int row = first; row < end; row++)
        {
            var features = _rows[row];
            bool isPositive = _rows.Labels[row] > 0;
            int side = isPositive ? 0 : 1;
            double share = ClassMoments.WeightOf(_rows, row) / (isPositive ? _moments.PositiveWeight : _moments.NegativeWeight);
            double rest = features.Dot(_weights) - (isPositive ? _positiveOffset : _negativeOffset);
            features.AddTo(inWeights, share * rest);
            sum[_features + side] += share * rest;
            sum[_features + 2 + side] += share * rest * rest;
        }
    }

    // One over the square root of the feature's curvature, in units of 2 q, which all other variables have. What is constant gets no weight.
    private double Scale(int feature)
    {
        double spread = _moments.Variance[feature] + (_moments.Difference[feature] * _moments.Difference[feature]);
        return _moments.Variance[feature] == 0 && IsRounding(feature) ? 0 : 1 / Math.Sqrt(spread + (_l2 / (2 * _q)));
    }

    private bool IsRounding(int feature)
    {
        double size = Math.Max(Math.Abs(_moments.PositiveMean[feature]), Math.Abs(_moments.NegativeMean[feature]));
        return Math.Abs(_moments.Difference[feature]) <= 1e-12 * size;
    }
}
