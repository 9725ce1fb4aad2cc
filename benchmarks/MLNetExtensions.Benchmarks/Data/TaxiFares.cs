// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>Taxi trips and their fares: vendor, rate code and kind of payment one-hot, three numbers with mean 0 and variance 1 over the training rows.</summary>
/// <param name="Training">100 000 trips.</param>
/// <param name="Test">100 000 others.</param>
public sealed record TaxiFares(TrainingRows Training, TrainingRows Test)
{
    private static readonly int[] Categories = [0, 1, 5];
    private static readonly int[] Numbers = [2, 3, 4];
    private const int Fare = 6;

    /// <summary>Reads both files.</summary>
    public static TaxiFares Read()
    {
        string[][] training = Lines("train"), test = Lines("test");
        string[][] values = [.. Categories.Select(column => training.Select(line => line[column]).Distinct().Order(StringComparer.Ordinal).ToArray())];
        var moments = Numbers.Select(column => MomentsOf(training.Select(line => Number(line[column])))).ToArray();
        int features = values.Sum(list => list.Length) + Numbers.Length;
        return new TaxiFares(Rows(training, values, moments, features), Rows(test, values, moments, features));
    }

    // A category that the training rows do not have is all zeros.
    private static TrainingRows Rows(string[][] lines, string[][] values, (double Mean, double Deviation)[] moments, int features)
    {
        float[] rows = new float[lines.Length * features];
        for (int i = 0; i < lines.Length; i++)
        {
            int at = i * features;
            for (int j = 0; j < Categories.Length; j++)
            {
                int index = Array.IndexOf(values[j], lines[i][Categories[j]]);
                if (index >= 0)
                {
                    rows[at + index] = 1;
                }
                at += values[j].Length;
            }
            for (int j = 0; j < Numbers.Length; j++)
            {
                rows[at + j] = (float)((Number(lines[i][Numbers[j]]) - moments[j].Mean) / moments[j].Deviation);
            }
        }
        return TrainingRows.Dense(rows, features, Array.ConvertAll(lines, line => (float)Number(line[Fare])));
    }

    private static (double Mean, double Deviation) MomentsOf(IEnumerable<double> values)
    {
        double[] all = [.. values];
        double mean = all.Average();
        return (mean, Math.Sqrt(all.Average(value => (value - mean) * (value - mean))));
    }

    private static string[][] Lines(string set) =>
        [.. File.ReadLines(DataFolder.PathOf($"tabular/mlnet-samples/taxi-fare-{set}.csv")).Skip(1).Where(line => line.Length > 0).Select(line => line.Split(','))];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
