// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>The people of the adult data set: whether they earn more than 50K, by six numbers and eight categories, one-hot; a '?' is a category. Groups are sexes.</summary>
internal static class AdultFile
{
    private const int Columns = 15, Sex = 9;
    private static readonly int[] Numbers = [0, 2, 4, 10, 11, 12];

    /// <summary>Reads both files. Categories are those of the rows to train on.</summary>
    public static LabelledData Read()
    {
        string[][] training = Lines("tabular/adult/adult.data"), test = Lines("tabular/adult/adult.test");
        string[][] categories = [.. Enumerable.Range(0, Columns - 1).Select(column => Numbers.Contains(column)
            ? []
            : training.Select(line => line[column]).Distinct().Order(StringComparer.Ordinal).ToArray())];
        int features = Numbers.Length + categories.Sum(names => names.Length);
        return LabelledData.Of("adult", Rows(training, categories, features), Rows(test, categories, features), categories[Sex], Groups(training, categories), Groups(test, categories));
    }

    private static int[] Groups(string[][] lines, string[][] categories) => Array.ConvertAll(lines, line => Array.IndexOf(categories[Sex], line[Sex]));

    private static TrainingRows Rows(string[][] lines, string[][] categories, int features)
    {
        float[] values = new float[lines.Length * features];
        for (int row = 0; row < lines.Length; row++)
        {
            var one = values.AsSpan(row * features, features);
            int feature = 0;
            for (int column = 0; column < Columns - 1; column++)
            {
                if (Numbers.Contains(column))
                {
                    one[feature++] = float.Parse(lines[row][column], CultureInfo.InvariantCulture);
                    continue;
                }
                int category = Array.IndexOf(categories[column], lines[row][column]);
                if (category >= 0)
                {
                    one[feature + category] = 1;
                }
                feature += categories[column].Length;
            }
        }
        return TrainingRows.Dense(values, features, Array.ConvertAll(lines, line => line[^1].StartsWith('>') ? 1f : 0));
    }

    // A header comes first; the labels of the test file end in a point.
    private static string[][] Lines(string relative) => [.. File.ReadLines(DataFolder.PathOf(relative)).Skip(1)
        .Select(line => line.Split(',', StringSplitOptions.TrimEntries)).Where(words => words.Length == Columns)];
}
