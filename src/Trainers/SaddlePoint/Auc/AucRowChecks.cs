// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Auc;

/// <summary>What must be true of rows, and of the model that they give.</summary>
internal static class AucRowChecks
{
    /// <summary>Of all rows.</summary>
    public static void Rows(TrainingRows rows, AucSaddleOptions options)
    {
        if (rows.Count == 0)
        {
            throw new ArgumentException("There are no rows to train on.", nameof(rows));
        }
        int bad = rows.Labels.IndexOfAnyExcept(0, 1);
        if (bad >= 0)
        {
            throw new ArgumentException($"Row {bad} has the label {rows.Labels[bad]} (column '{options.LabelColumnName}'); 0 or 1 is needed.", nameof(rows));
        }
        if (rows.IsAllZero)
        {
            throw new ArgumentException($"All features of all rows are zero, so there is nothing to learn from. Look at how column '{options.FeatureColumnName}' is made.", nameof(rows));
        }
    }

    /// <summary>Of the rows that are left to train on.</summary>
    public static void Training(TrainingRows rows, AucSaddleOptions options)
    {
        double positive = 0, negative = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = ClassMoments.WeightOf(rows, row);
            positive += rows.Labels[row] > 0 ? weight : 0;
            negative += rows.Labels[row] > 0 ? 0 : weight;
        }
        string count = $"{rows.Count} rows to train on{(options.ValidationFraction > 0 ? " (others are held out)" : "")}";
        if (!(positive + negative > 0))
        {
            throw new ArgumentException($"The weights of the {count} add up to {positive + negative}; a positive number is needed{(options.ExampleWeightColumnName is { } column ? $" (column '{column}')" : "")}.");
        }
        if (!(positive > 0 && negative > 0))
        {
            throw new ArgumentException($"None of the {count} that has a weight is {(positive > 0 ? "negative" : "positive")} (column '{options.LabelColumnName}'); rows of both classes are needed.");
        }
    }

    /// <summary>Of what a model of Single can hold.</summary>
    public static void Model(float[] weights, float bias, AucSaddleOptions options)
    {
        int bad = FiniteValues.IndexOfNonFinite(weights);
        if (bad >= 0 || !float.IsFinite(bias))
        {
            throw new ArgumentException(
                $"The {(bad >= 0 ? $"weight of feature {bad}" : "bias")} would be {(bad >= 0 ? weights[bad] : bias)}: features are too small or too large for models of Single. Normalise column '{options.FeatureColumnName}'.");
        }
    }
}
