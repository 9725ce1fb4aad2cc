// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

/// <summary>Problems made of rows drawn at random, with a fixed seed.</summary>
internal static class ConstrainedProblems
{
    /// <summary>Dense rows of independent features whose standard deviations fall from 1 to 1/sqrt(conditioning), and labels from a noisy linear rule.</summary>
    public static TrainingRows Rows(int count, int features, int seed, double conditioning = 1)
    {
        var random = new Random(seed);
        float[] values = new float[count * features], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            double score = -0.4;
            for (int j = 0; j < features; j++)
            {
                double value = SaddleExamples.Normal(random);
                score += (j % 3 == 0 ? 1 : -0.5) * value / Math.Sqrt(features);
                values[(row * features) + j] = (float)(value * Math.Pow(conditioning, -0.5 * j / Math.Max(1, features - 1)));
            }
            labels[row] = score + (0.8 * SaddleExamples.Normal(random)) > 0 ? 1 : 0;
        }
        return TrainingRows.Dense(values, features, labels);
    }

    /// <summary>The mean loss of negative rows, with that of positive ones bounded.</summary>
    public static ConstrainedProblem NeymanPearson(TrainingRows rows, double l2 = 1e-3) => new(rows, MeanOf(rows, 0), l2, false, [Mean(rows, 1)], []);

    /// <summary>The mean loss of all rows, without constraints.</summary>
    public static ConstrainedProblem Unconstrained(TrainingRows rows, double l2 = 1e-3) =>
        new(rows, [.. Enumerable.Repeat(1.0 / rows.Count, (int)rows.Count)], l2, false, [], []);

    /// <summary>The mean loss of the rows with a label, of those that a condition chooses, as a constraint.</summary>
    public static LossConstraint Mean(TrainingRows rows, float label, Func<int, bool>? isIn = null, bool isBelowWorst = false)
    {
        float[] labels = rows.Labels.ToArray();
        int[] chosen = [.. Enumerable.Range(0, labels.Length).Where(row => labels[row] == label && isIn?.Invoke(row) != false)];
        return new LossConstraint(chosen, [.. Enumerable.Repeat(1.0 / chosen.Length, chosen.Length)], isBelowWorst);
    }

    /// <summary>The same rows with each feature the sum of those up to it: correlations near 1.</summary>
    public static TrainingRows Mixed(TrainingRows rows)
    {
        int features = rows.Features, count = (int)rows.Count;
        float[] values = new float[count * features];
        for (int i = 0; i < count; i++)
        {
            var row = values.AsSpan(i * features, features);
            rows.CopyFeatures(i, row);
            for (int j = 1; j < features; j++)
            {
                row[j] += row[j - 1];
            }
        }
        return TrainingRows.Dense(values, features, rows.Labels);
    }

    private static double[] MeanOf(TrainingRows rows, float label)
    {
        float[] labels = rows.Labels.ToArray();
        int count = labels.Count(value => value == label);
        return [.. labels.Select(value => value == label ? 1.0 / count : 0)];
    }
}
