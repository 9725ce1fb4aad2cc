// SPDX-License-Identifier: MIT
using Microsoft.ML;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>The weighted mean of each class's rows: the smallest thing that can be trained.</summary>
internal static class Centroids
{
    public static float[][] Train(IDataView data, string features, string? weight, int classes, Func<DataViewRow, Func<int>> label)
    {
        using var cursor = data.GetRowCursor(data.Schema);
        var readFeatures = ColumnReaders.Vector<float>(cursor, features);
        var readWeight = ColumnReaders.Weight(cursor, weight);
        var readLabel = label(cursor);
        int length = FoundColumn.In(data.Schema, features, "holds the features").Length!.Value;
        double[][] sums = [.. Enumerable.Range(0, classes).Select(_ => new double[length + 1])];
        float[] row = new float[length];
        while (cursor.MoveNext())
        {
            readFeatures(row);
            double w = readWeight();
            double[] sum = sums[readLabel()];
            for (int i = 0; i < length; i++)
            {
                sum[i] += w * row[i];
            }
            sum[length] += w;
        }
        return [.. sums.Select(sum => sum[..length].Select(s => (float)(s / Math.Max(sum[length], 1e-9))).ToArray())];
    }
}
