// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Trainers.Tests;

/// <summary>Rows with the columns that the trainers read by default.</summary>
internal static class Rows
{
    /// <summary>Rows of a linear teacher with noise: <c>Features</c>, <c>Label</c> (Boolean), <c>Class</c> (a key of three), <c>Number</c>.</summary>
    /// <param name="rows">How many there are in all.</param>
    /// <param name="features">The length of a row.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="rank">Of <paramref name="ranks"/> ranks, the one whose shard is given: the rows r with <c>r mod ranks = rank</c>.</param>
    /// <param name="ranks">How many ranks share the rows.</param>
    public static MemoryDataView Draw(int rows, int features = 5, int seed = 1, int rank = 0, int ranks = 1)
    {
        var random = new Random(seed);
        float[][] points = new float[rows][];
        double[] values = new double[rows];
        for (int row = 0; row < rows; row++)
        {
            points[row] = [.. Enumerable.Range(0, features).Select(_ => (float)((2 * random.NextDouble()) - 1))];
            values[row] = points[row].Select((x, i) => x * (i % 2 == 0 ? 2.0 : -1.0)).Sum() + (0.3 * (random.NextDouble() - 0.5)) + 0.5;
        }
        int[] mine = [.. Enumerable.Range(0, rows).Where(row => row % ranks == rank)];
        points = Array.ConvertAll(mine, row => points[row]);
        values = Array.ConvertAll(mine, row => values[row]);
        return Of(points, row => values[row] > 0, row => values[row] > 1 ? 3u : values[row] > 0 ? 2u : 1u, row => (float)values[row]);
    }

    /// <summary>Given points with labels of each kind.</summary>
    public static MemoryDataView Of(IReadOnlyList<float[]> points, Func<int, bool> label, Func<int, uint>? classOf = null, Func<int, float>? number = null) => new MemoryDataView(points.Count)
        .With("Features", new VectorDataViewType(NumberDataViewType.Single, points.Count == 0 ? 5 : points[0].Length), (int row, ref VBuffer<float> value) => Copy(points[row], ref value))
        .With("Label", BooleanDataViewType.Instance, label)
        .With("Class", new KeyDataViewType(typeof(uint), 3), classOf ?? (row => (uint)(row % 3) + 1))
        .With("Number", NumberDataViewType.Single, number ?? (row => row));

    /// <summary>A column as an array.</summary>
    public static T[] Column<T>(this IDataView rows, string name) => [.. rows.GetColumn<T>(name)];

    private static void Copy(float[] point, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, point.Length);
        point.CopyTo(editor.Values);
        value = editor.Commit();
    }
}
