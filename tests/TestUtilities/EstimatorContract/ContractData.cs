// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

/// <summary>Rows for contract tests: three clouds of points with labels, and columns of every awkward type beside them.</summary>
public static class ContractData
{
    /// <summary>The class names, in the order of the keys of <c>Class</c>.</summary>
    public static readonly IReadOnlyList<string> Classes = ["setosa", "", "virginica"];

    /// <summary><c>Features</c> (4), <c>SparseFeatures</c> (the same, sparse), <c>Label</c>, <c>Class</c>, <c>Weight</c>, <c>Group</c>, <c>Text</c>, <c>Key</c>, <c>Sparse</c>, <c>Number</c>, <c>When</c>.</summary>
    public static MemoryDataView Create(int rows = 53, int seed = 3)
    {
        var random = new Random(seed);
        float[][] points = [.. Enumerable.Range(0, rows).Select(row => Enumerable.Range(0, 4).Select(i => (i == row % 3 ? 2f : 0f) + (random.Next(3) == 0 ? 0 : random.NextSingle())).ToArray())];
        var single = NumberDataViewType.Single;
        return new MemoryDataView(rows)
            .With("Text", TextDataViewType.Instance, row => $"row {row}".AsMemory())
            .With("Features", new VectorDataViewType(single, 4), (int row, ref VBuffer<float> value) => Dense(points[row], ref value))
            .With("Key", new KeyDataViewType(typeof(uint), 7), row => (uint)(row % 8))
            .With("Sparse", new VectorDataViewType(single, 9), (int row, ref VBuffer<float> value) => Sparse(row, ref value))
            .With("SparseFeatures", new VectorDataViewType(single, 4), (int row, ref VBuffer<float> value) => Sparsify(points[row], ref value))
            .With("Label", BooleanDataViewType.Instance, row => row % 3 != 0)
            .With("Class", new KeyDataViewType(typeof(uint), Classes.Count), row => (uint)(row % 3 + 1), KeyValues())
            .With("Weight", single, row => 1 + row % 2f)
            .With("Group", new KeyDataViewType(typeof(uint), Math.Max(1, rows)), row => (uint)(row / 4 + 1))
            .With("Number", NumberDataViewType.Int64, row => (long)row)
            .With("When", DateTimeDataViewType.Instance, row => new DateTime(2020, 1, 1).AddDays(row));
    }

    private static DataViewSchema.Annotations KeyValues()
    {
        VBuffer<ReadOnlyMemory<char>> names = new(Classes.Count, [.. Classes.Select(name => name.AsMemory())]);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, Classes.Count), (ref VBuffer<ReadOnlyMemory<char>> value) => names.CopyTo(ref value));
        return builder.ToAnnotations();
    }

    private static void Dense(float[] point, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, point.Length);
        point.CopyTo(editor.Values);
        value = editor.Commit();
    }

    private static void Sparse(int row, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, 9, 2);
        editor.Indices[0] = row % 4;
        editor.Indices[1] = 4 + row % 5;
        editor.Values[0] = row;
        editor.Values[1] = -row;
        value = editor.Commit();
    }

    private static void Sparsify(float[] point, ref VBuffer<float> value)
    {
        int[] used = [.. Enumerable.Range(0, point.Length).Where(i => point[i] != 0)];
        if (used.Length == point.Length)
        {
            Dense(point, ref value);
            return;
        }
        var editor = VBufferEditor.Create(ref value, point.Length, used.Length);
        for (int i = 0; i < used.Length; i++)
        {
            editor.Indices[i] = used[i];
            editor.Values[i] = point[used[i]];
        }
        value = editor.Commit();
    }
}
