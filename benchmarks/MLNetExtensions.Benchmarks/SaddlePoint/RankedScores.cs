// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>The scores of test rows by a linear model, and what its threshold could be moved to.</summary>
internal sealed class RankedScores
{
    private readonly int[] _descending;
    private readonly bool[] _isPositive;

    public RankedScores(ConstrainedModel model, TrainingRows rows)
    {
        double[] weights = [.. model.Weights.Select(weight => (double)weight)];
        Scores = [.. Enumerable.Range(0, (int)rows.Count).Select(row => rows[row].Dot(weights) + model.Bias)];
        _isPositive = [.. Enumerable.Range(0, (int)rows.Count).Select(row => rows.Labels[row] > 0)];
        _descending = [.. Enumerable.Range(0, Scores.Length).OrderByDescending(row => Scores[row])];
    }

    public double[] Scores { get; }

    /// <summary>The false-positive rate where the threshold is moved so that the recall is exactly this; of a tie the part that it takes.</summary>
    /// <param name="recall">The recall.</param>
    /// <param name="counts">How often each row counts; empty for once.</param>
    public double FalsePositiveRateAt(double recall, ReadOnlySpan<int> counts = default)
    {
        double positives = 0, negatives = 0;
        for (int row = 0; row < _isPositive.Length; row++)
        {
            double count = counts.IsEmpty ? 1 : counts[row];
            positives += _isPositive[row] ? count : 0;
            negatives += _isPositive[row] ? 0 : count;
        }
        double needed = recall * positives, found = 0, alarms = 0;
        for (int i = 0; i < _descending.Length;)
        {
            double tiedPositives = 0, tiedNegatives = 0, score = Scores[_descending[i]];
            for (; i < _descending.Length && Scores[_descending[i]] == score; i++)
            {
                int row = _descending[i];
                double count = counts.IsEmpty ? 1 : counts[row];
                tiedPositives += _isPositive[row] ? count : 0;
                tiedNegatives += _isPositive[row] ? 0 : count;
            }
            if (found + tiedPositives >= needed)
            {
                return (alarms + (tiedPositives == 0 ? 0 : tiedNegatives * (needed - found) / tiedPositives)) / negatives;
            }
            found += tiedPositives;
            alarms += tiedNegatives;
        }
        return 1;
    }

    /// <summary>The part of the rows on the right side of a threshold.</summary>
    public double AccuracyAt(double threshold) => Enumerable.Range(0, Scores.Length).Count(row => Scores[row] > threshold == _isPositive[row]) / (double)Scores.Length;

    /// <summary>The largest difference between groups of the part of positives above a threshold.</summary>
    public double RecallDifferenceAt(double threshold, IReadOnlyList<int> groups)
    {
        double[] recalls = [.. Enumerable.Range(0, Scores.Length).Where(row => _isPositive[row]).GroupBy(row => groups[row])
            .Select(rows => rows.Count(row => Scores[row] > threshold) / (double)rows.Count())];
        return recalls.Max() - recalls.Min();
    }

    /// <summary>The mean logistic loss of each group, in nats.</summary>
    public double[] LossOf(int groupCount, IReadOnlyList<int> groups) => [.. Enumerable.Range(0, groupCount).Select(group =>
        Enumerable.Range(0, Scores.Length).Where(row => groups[row] == group).Average(row => Loss(_isPositive[row] ? Scores[row] : -Scores[row])))];

    /// <summary>The interval that holds the middle 95 % of the differences of false-positive rates, this one's less another's, when rows are drawn anew with replacement.</summary>
    public (double Low, double High) BootstrapAgainst(RankedScores other, double recall, int draws, ulong seed)
    {
        RandomStream random = new(seed, 0xB0075);
        int[] counts = new int[Scores.Length];
        double[] differences = new double[draws];
        for (int draw = 0; draw < draws; draw++)
        {
            Array.Clear(counts);
            for (int i = 0; i < counts.Length; i++)
            {
                counts[random.Next(counts.Length)]++;
            }
            differences[draw] = FalsePositiveRateAt(recall, counts) - other.FalsePositiveRateAt(recall, counts);
        }
        Array.Sort(differences);
        return (differences[(int)(0.025 * draws)], differences[(int)(0.975 * draws) - 1]);
    }

    private static double Loss(double margin) => Math.Max(-margin, 0) + Math.Log(1 + Math.Exp(-Math.Abs(margin)));
}
