// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>Fits the sigmoid that turns scores into probabilities, by the likelihood of labels whose targets are smoothed.</summary>
/// <remarks>
/// J. Platt, "Probabilistic outputs for support vector machines", 1999; Newton's method with backtracking as in H.-T. Lin, C.-J. Lin,
/// R. Weng, "A note on Platt's probabilistic outputs for support vector machines", 2007. With targets t, 1 for positives and 0 for negatives,
/// smoothed to <c>(P + 1) / (P + 2)</c> and <c>1 / (Q + 2)</c> for P positive and Q negative rows (by weight), it minimises
/// <c>sum w (log(1 + exp(z)) - t z)</c>, <c>z = slope s + offset</c>.
/// </remarks>
internal sealed class PlattScaling
{
    private const int MaximumIterations = 100;
    private const double GradientTolerance = 1e-7;
    private const double LeastStep = 1e-10;
    private const double Ridge = 1e-10;

    private readonly ReadOnlyMemory<float> _scores;
    private readonly ReadOnlyMemory<float> _labels;
    private readonly ReadOnlyMemory<float> _weights;
    private readonly double _rowsEach;
    private readonly Action<double[]> _sumOverRanks;
    private double _positiveTarget;
    private double _negativeTarget;

    private PlattScaling(ReadOnlyMemory<float> scores, ReadOnlyMemory<float> labels, ReadOnlyMemory<float> weights, double rowsEach, Action<double[]> sumOverRanks)
    {
        Debug.Assert(labels.Length == scores.Length && (weights.IsEmpty || weights.Length == scores.Length), "Each score has its label and weight.");
        _scores = scores;
        _labels = labels;
        _weights = weights;
        _rowsEach = rowsEach;
        _sumOverRanks = sumOverRanks;
    }

    /// <summary>Fits slope and offset.</summary>
    /// <param name="scores">Finite scores.</param>
    /// <param name="labels">1 for positives, 0 for negatives.</param>
    /// <param name="weights">One for each row; empty when all are 1.</param>
    /// <param name="rowsEach">How many rows each that is given stands for.</param>
    /// <param name="sumOverRanks">Replaces numbers by their sums over the ranks, whose rows are calibrated together; null for one rank.</param>
    /// <returns>Null where no row of one of the classes has a weight, on any rank.</returns>
    public static ScoreCalibration? Fit(
        ReadOnlyMemory<float> scores, ReadOnlyMemory<float> labels, ReadOnlyMemory<float> weights = default, double rowsEach = 1, Action<double[]>? sumOverRanks = null) =>
        new PlattScaling(scores, labels, weights, rowsEach, sumOverRanks ?? (_ => { })).Minimise();

    private ScoreCalibration? Minimise()
    {
        var (positives, negatives) = SmoothTargets();
        if (!(positives > 0 && negatives > 0))
        {
            return null;
        }
        double slope = 0, offset = Math.Log((positives + 1) / (negatives + 1));
        var here = At(slope, offset);
        for (int iteration = 0; iteration < MaximumIterations && !here.IsFlat(GradientTolerance * (positives + negatives)); iteration++)
        {
            var (slopeStep, offsetStep) = here.NewtonStep(Ridge);
            double descent = (here.SlopeGradient * slopeStep) + (here.OffsetGradient * offsetStep), length = 1;
            for (; length >= LeastStep; length /= 2)
            {
                var there = At(slope + (length * slopeStep), offset + (length * offsetStep));
                if (there.Loss < here.Loss + (1e-4 * length * descent))
                {
                    slope += length * slopeStep;
                    offset += length * offsetStep;
                    here = there;
                    break;
                }
            }
            if (length < LeastStep)
            {
                break;
            }
        }
        return new ScoreCalibration((float)slope, (float)offset);
    }

    private (double Positives, double Negatives) SmoothTargets()
    {
        double[] sums = new double[2];
        for (int row = 0; row < _scores.Length; row++)
        {
            sums[_labels.Span[row] > 0 ? 0 : 1] += WeightOf(row);
        }
        _sumOverRanks(sums);
        _positiveTarget = (sums[0] + 1) / (sums[0] + 2);
        _negativeTarget = 1 / (sums[1] + 2);
        return (sums[0], sums[1]);
    }

    private PlattPoint At(double slope, double offset)
    {
        double[] sums = new double[6];
        var scores = _scores.Span;
        for (int row = 0; row < scores.Length; row++)
        {
            double score = scores[row], z = (slope * score) + offset, weight = WeightOf(row);
            double target = _labels.Span[row] > 0 ? _positiveTarget : _negativeTarget;
            double tail = Math.Exp(-Math.Abs(z)), probability = (z >= 0 ? 1 : tail) / (1 + tail);
            double gradient = weight * (probability - target), curvature = weight * tail / ((1 + tail) * (1 + tail));
            sums[0] += weight * (Math.Max(z, 0) - (target * z) + Math.Log(1 + tail));
            sums[1] += gradient * score;
            sums[2] += gradient;
            sums[3] += curvature * score * score;
            sums[4] += curvature * score;
            sums[5] += curvature;
        }
        _sumOverRanks(sums);
        return new PlattPoint(sums[0], sums[1], sums[2], sums[3], sums[4], sums[5]);
    }

    private double WeightOf(int row) => _weights.IsEmpty ? _rowsEach : _rowsEach * _weights.Span[row];
}
