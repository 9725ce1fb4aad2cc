// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Trainers.Tests;

/// <summary>The people of a9a: 123 features that are 0 or 1, and whether they earn more.</summary>
internal static class A9a
{
    private const int Features = 123;

    /// <summary>Rows of <c>a9a</c> or <c>a9a.t</c>, with <c>Features</c> sparse and <c>Label</c>.</summary>
    public static MemoryDataView Load(string file)
    {
        string[] lines = File.ReadAllLines(RealData.PathOf(Path.Combine("tabular", "a9a", file)));
        int[][] indices = Array.ConvertAll(lines, line => line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..].Select(IndexOf).ToArray());
        return new MemoryDataView(lines.Length)
            .With("Features", new VectorDataViewType(NumberDataViewType.Single, Features), (int row, ref VBuffer<float> value) => Fill(indices[row], ref value))
            .With("Label", BooleanDataViewType.Instance, row => lines[row][0] == '+');
    }

    // "index:1", from 1.
    private static int IndexOf(string entry) => int.Parse(entry.AsSpan(0, entry.IndexOf(':', StringComparison.Ordinal)), CultureInfo.InvariantCulture) - 1;

    private static void Fill(int[] indices, ref VBuffer<float> value)
    {
        var editor = VBufferEditor.Create(ref value, Features, indices.Length);
        indices.CopyTo(editor.Indices);
        editor.Values[..indices.Length].Fill(1);
        value = editor.Commit();
    }
}
