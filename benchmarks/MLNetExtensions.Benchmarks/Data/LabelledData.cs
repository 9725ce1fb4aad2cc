// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>Rows to train on and to test on, all features standardised by the mean and the standard deviation of the rows to train on.</summary>
/// <param name="Name">What the set is called.</param>
/// <param name="Training">The rows to train on.</param>
/// <param name="Test">The rows to test on.</param>
/// <param name="GroupNames">The groups; none where there are no groups.</param>
/// <param name="TrainingGroups">The group of each row to train on.</param>
/// <param name="TestGroups">The group of each row to test on.</param>
internal sealed record LabelledData(
    string Name, TrainingRows Training, TrainingRows Test, IReadOnlyList<string> GroupNames, IReadOnlyList<int> TrainingGroups, IReadOnlyList<int> TestGroups)
{
    /// <summary>Standardises rows without groups.</summary>
    public static LabelledData Of(string name, TrainingRows training, TrainingRows test) => Of(name, training, test, [], [], []);

    /// <summary>Standardises rows with groups.</summary>
    public static LabelledData Of(string name, TrainingRows training, TrainingRows test, IReadOnlyList<string> groupNames, IReadOnlyList<int> trainingGroups, IReadOnlyList<int> testGroups)
    {
        int features = training.Features;
        double[] mean = new double[features], scale = new double[features];
        float[] row = new float[features];
        for (int pass = 0; pass < 2; pass++)
        {
            for (int i = 0; i < training.Count; i++)
            {
                training.CopyFeatures(i, row);
                for (int j = 0; j < features; j++)
                {
                    (pass == 0 ? mean : scale)[j] += (pass == 0 ? row[j] : (row[j] - mean[j]) * (row[j] - mean[j])) / training.Count;
                }
            }
        }
        // What is constant in the rows to train on is nowhere of use.
        scale = Array.ConvertAll(scale, variance => variance > 1e-20 ? 1 / Math.Sqrt(variance) : 0);
        return new LabelledData(name, Standardize(training), Standardize(test), groupNames, trainingGroups, testGroups);

        TrainingRows Standardize(TrainingRows rows)
        {
            float[] values = new float[rows.Count * features];
            for (int i = 0; i < rows.Count; i++)
            {
                var one = values.AsSpan(i * features, features);
                rows.CopyFeatures(i, one);
                for (int j = 0; j < features; j++)
                {
                    one[j] = (float)((one[j] - mean[j]) * scale[j]);
                }
            }
            return TrainingRows.Dense(values, features, rows.Labels);
        }
    }
}
