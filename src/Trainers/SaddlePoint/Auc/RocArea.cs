// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Auc;

/// <summary>The area under the ROC curve: how often a positive row's score is above a negative row's, ties counted half.</summary>
internal static class RocArea
{
    /// <summary>Computes it.</summary>
    /// <param name="scores">The scores; none is NaN.</param>
    /// <param name="labels">1 for positives, 0 for negatives.</param>
    /// <param name="weights">One for each row, not negative; empty when all are 1.</param>
    /// <returns>NaN where no row of one of the classes has a weight.</returns>
    public static double Of(ReadOnlySpan<double> scores, ReadOnlySpan<float> labels, ReadOnlySpan<float> weights = default)
    {
        double[] sorted = scores.ToArray();
        int[] rows = [.. Enumerable.Range(0, sorted.Length)];
        Array.Sort(sorted, rows);
        double area = 0, positives = 0, negatives = 0;
        for (int i = 0; i < rows.Length;)
        {
            double tiedPositives = 0, tiedNegatives = 0, score = sorted[i];
            for (; i < rows.Length && sorted[i] == score; i++)
            {
                double weight = weights.IsEmpty ? 1 : weights[rows[i]];
                if (labels[rows[i]] > 0)
                {
                    tiedPositives += weight;
                }
                else
                {
                    tiedNegatives += weight;
                }
            }
            area += tiedPositives * (negatives + (tiedNegatives / 2));
            positives += tiedPositives;
            negatives += tiedNegatives;
        }
        return area / (positives * negatives);
    }
}
