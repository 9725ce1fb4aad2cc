// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>Rows of a noisy linear teacher that treats groups differently.</summary>
internal static class ConstrainedRows
{
    /// <summary>Draws rows.</summary>
    /// <param name="count">How many.</param>
    /// <param name="noise">How noisy labels are; 0 for separable ones.</param>
    /// <param name="weight">The weight of each row; null for none.</param>
    /// <param name="scale">What each feature is multiplied by.</param>
    public static TrainingRows Draw(int count = 1200, double noise = 1, Func<int, float>? weight = null, Func<int, double>? scale = null)
    {
        const int Features = 6;
        Random random = new(5);
        float[] features = new float[count * Features], labels = new float[count];
        for (int row = 0; row < count; row++)
        {
            double score = -0.7 + (GroupOf(row) == 1 ? 0.8 : 0);
            for (int i = 0; i < Features; i++)
            {
                // The last feature tells the groups apart, not surely.
                double value = (2 * random.NextDouble()) - 1 + (i == Features - 1 && GroupOf(row) == 1 ? 1 : 0);
                score += i == Features - 1 ? 0 : value * (i % 2 == 0 ? 2 : -1);
                features[(row * Features) + i] = (float)(value * (scale?.Invoke(i) ?? 1));
            }
            labels[row] = score + (2 * noise * (random.NextDouble() + random.NextDouble() - 1)) > 0 ? 1 : 0;
        }
        return TrainingRows.Dense(features, Features, labels, weight is null ? default : [.. Enumerable.Range(0, count).Select(weight)]);
    }

    /// <summary>Groups a, b and c.</summary>
    public static RowGroups Groups(int count = 1200) => new(["a", "b", "c"], Enumerable.Range(0, count).Select(GroupOf));

    /// <summary>The scores of a model.</summary>
    public static double[] Scores(TrainingRows rows, ConstrainedModel model)
    {
        float[] features = new float[rows.Features];
        return [.. Enumerable.Range(0, (int)rows.Count).Select(row =>
        {
            rows.CopyFeatures(row, features);
            return model.Bias + features.Select((value, i) => (double)value * model.Weights[i]).Sum();
        })];
    }

    private static int GroupOf(int row) => row % 5 == 0 ? 2 : row % 2;
}
