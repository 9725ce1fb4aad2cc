// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>The breast tumours of wdbc: 30 numbers, and whether they are malignant. A third of the rows is tested on.</summary>
internal static class WdbcFile
{
    private const int FirstFeature = 2;

    /// <summary>Reads and splits the file.</summary>
    public static LabelledData Read() => Split(row => row % 3 == 2);

    /// <summary>Reads the file and splits it by chance.</summary>
    public static LabelledData Read(ulong seed)
    {
        RandomStream random = new(seed, 0x3DBC);
        return Split(_ => random.Next(3) == 0);
    }

    private static LabelledData Split(Func<int, bool> isTested)
    {
        string[][] lines = [.. File.ReadLines(DataFolder.PathOf("tabular/uci-small/wdbc.data")).Select(line => line.Split(',')).Where(words => words.Length > FirstFeature)];
        bool[] tested = [.. Enumerable.Range(0, lines.Length).Select(isTested)];
        return LabelledData.Of("wdbc", Rows(lines.Where((_, row) => !tested[row])), Rows(lines.Where((_, row) => tested[row])));
    }

    private static TrainingRows Rows(IEnumerable<string[]> lines)
    {
        string[][] rows = [.. lines];
        float[] values = [.. rows.SelectMany(words => words[FirstFeature..].Select(word => float.Parse(word, CultureInfo.InvariantCulture)))];
        return TrainingRows.Dense(values, rows[0].Length - FirstFeature, Array.ConvertAll(rows, words => words[1] == "M" ? 1f : 0));
    }
}
