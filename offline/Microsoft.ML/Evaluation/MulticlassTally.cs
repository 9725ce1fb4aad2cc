// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>
/// Gathers labels and scores of several classes. Rows whose label is missing or among whose scores is NaN do not count; a label
/// beyond the scores counts as wrong, with the least probability.
/// </summary>
internal sealed class MulticlassTally
{
    private const double Least = 1e-15;

    private readonly string[] _names;
    private readonly double[][] _counts;
    private readonly double[] _losses;
    private readonly long[] _classRows;
    private readonly long[] _ranks;
    private double _loss;
    private long _rows;
    private long _correct;

    internal MulticlassTally(string[] names)
    {
        _names = names;
        _counts = [.. names.Select(_ => new double[names.Length])];
        _losses = new double[names.Length];
        _classRows = new long[names.Length];
        _ranks = new long[names.Length];
    }

    internal double MicroAccuracy => _rows > 0 ? (double)_correct / _rows : 0;

    /// <summary>The mean over the classes that occur.</summary>
    internal double MacroAccuracy
        => Enumerable.Range(0, _names.Length).Where(c => _classRows[c] > 0).Select(c => _counts[c][c] / _classRows[c]).DefaultIfEmpty(0).Average();

    internal double LogLoss => _rows > 0 ? _loss / _rows : 0;

    internal double LogLossReduction
    {
        get
        {
            double entropy = -_classRows.Where(n => n > 0).Sum(n => (double)n / _rows * Math.Log((double)n / _rows));
            return (entropy - LogLoss) / entropy;
        }
    }

    internal double[] PerClassLogLoss => [.. _losses.Select((loss, c) => _classRows[c] > 0 ? loss / _classRows[c] : 0)];

    internal void Add(double labelValue, ReadOnlySpan<float> scores)
    {
        if (double.IsNaN(labelValue) || HasNaN(scores))
        {
            return;
        }

        // As in the real packages, a class number with a fraction is cut to the whole one below.
        int label = (int)labelValue;
        _rows++;
        if (labelValue < 0 || label >= scores.Length)
        {
            _loss -= Math.Log(Least);
            return;
        }

        int predicted = 0, rank = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            predicted = scores[i] > scores[predicted] ? i : predicted;
            rank += scores[i] > scores[label] || (scores[i] == scores[label] && i < label) ? 1 : 0;
        }

        double loss = -Math.Log(Math.Clamp(scores[label], Least, 1.0));
        _loss += loss;
        _losses[label] += loss;
        _classRows[label]++;
        _ranks[rank]++;
        _counts[label][predicted]++;
        _correct += predicted == label ? 1 : 0;
    }

    internal double[] TopKAccuracies(int count)
    {
        double[] accuracies = new double[count];
        long within = 0;
        for (int k = 0; k < count; k++)
        {
            within += _ranks[k];
            accuracies[k] = _rows > 0 ? (double)within / _rows : 0;
        }

        return accuracies;
    }

    internal ConfusionMatrix ToConfusionMatrix() => new(_counts, _names, "");

    private static bool HasNaN(ReadOnlySpan<float> scores)
    {
        foreach (float score in scores)
        {
            if (float.IsNaN(score))
            {
                return true;
            }
        }

        return false;
    }
}
