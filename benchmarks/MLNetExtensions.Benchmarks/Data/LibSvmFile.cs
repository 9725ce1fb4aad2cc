// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>Rows of two classes in the text format of LIBSVM: <c>-1 3:1 11:1</c>, features counted from 1.</summary>
public static class LibSvmFile
{
    /// <summary>Features of the a9a data set.</summary>
    public const int A9aFeatures = 123;

    /// <summary>Reads a file of the data folder.</summary>
    public static TrainingRows Read(string relative, int features)
    {
        List<int> starts = [0], indices = [];
        List<float> values = [], labels = [];
        foreach (string line in File.ReadLines(DataFolder.PathOf(relative)))
        {
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            labels.Add(float.Parse(words[0], CultureInfo.InvariantCulture) > 0 ? 1 : 0);
            foreach (string word in words.AsSpan(1))
            {
                int colon = word.IndexOf(':', StringComparison.Ordinal);
                indices.Add(int.Parse(word.AsSpan(0, colon), CultureInfo.InvariantCulture) - 1);
                values.Add(float.Parse(word.AsSpan(colon + 1), CultureInfo.InvariantCulture));
            }
            starts.Add(values.Count);
        }
        return TrainingRows.Sparse([.. starts], [.. indices], [.. values], features, [.. labels]);
    }
}
