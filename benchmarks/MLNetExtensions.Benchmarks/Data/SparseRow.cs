// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>A person of a9a as a row of a data view.</summary>
internal sealed class SparseRow
{
    /// <summary>Which of the 123 features are 1.</summary>
    [VectorType(LibSvmFile.A9aFeatures)]
    public VBuffer<float> Features { get; set; }

    /// <summary>Whether the income is high.</summary>
    public bool Label { get; set; }

    /// <summary>The rows as a data view in memory.</summary>
    public static IDataView View(MLContext context, TrainingRows rows)
    {
        SparseRow[] people = new SparseRow[rows.Count];
        float[] features = new float[rows.Features];
        for (int i = 0; i < people.Length; i++)
        {
            rows.CopyFeatures(i, features);
            int[] indices = [.. Enumerable.Range(0, features.Length).Where(j => features[j] != 0)];
            people[i] = new SparseRow { Features = new VBuffer<float>(features.Length, indices.Length, [.. indices.Select(j => features[j])], indices), Label = rows.Labels[i] == 1 };
        }
        return context.Data.Cache(context.Data.LoadFromEnumerable(people));
    }
}
