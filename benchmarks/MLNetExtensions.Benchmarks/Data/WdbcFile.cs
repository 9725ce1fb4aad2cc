// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>The breast tumours of wdbc: 30 numbers, and whether they are malignant. Every third row is tested on.</summary>
internal static class WdbcFile
{
    private const int FirstFeature = 2;

    /// <summary>Reads and splits the file.</summary>
    public static LabelledData Read()
    {
        string[][] lines = [.. File.ReadLines(DataFolder.PathOf("tabular/uci-small/wdbc.data")).Select(line => line.Split(',')).Where(words => words.Length > FirstFeature)];
        return LabelledData.Of("wdbc", Rows(lines.Where((_, row) => row % 3 != 2)), Rows(lines.Where((_, row) => row % 3 == 2)));
    }

    private static TrainingRows Rows(IEnumerable<string[]> lines)
    {
        string[][] rows = [.. lines];
        float[] values = [.. rows.SelectMany(words => words[FirstFeature..].Select(word => float.Parse(word, CultureInfo.InvariantCulture)))];
        return TrainingRows.Dense(values, rows[0].Length - FirstFeature, Array.ConvertAll(rows, words => words[1] == "M" ? 1f : 0));
    }
}
