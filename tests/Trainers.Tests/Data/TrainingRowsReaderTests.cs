// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.Tests.Data;

public sealed class TrainingRowsReaderTests
{
    private const int Count = 10_000, Features = 4;

    private static readonly VectorDataViewType Vector = new(NumberDataViewType.Single, Features);

    [Theory]
    [InlineData("Dense", "Boolean", LabelKind.Boolean)]
    [InlineData("Sparse", "Class", LabelKind.Key)]
    [InlineData("Sparse", "Number", LabelKind.Number)]
    public void Columns_become_rows_kept_or_read_again(string features, string label, object kind)
    {
        TrainingColumns columns = new(features, label, (LabelKind)kind, "Weight");
        var cached = Assert.IsType<TrainingRows>(TrainingRowsReader.Read(View(), columns, long.MaxValue, default));
        var streamed = Assert.IsType<StreamedRows>(TrainingRowsReader.Read(View(), columns, 50_000, default));
        Assert.Equal((Count, Features, false, features == "Dense"), (cached.Count, cached.Features, cached.IsAllZero, cached.IsDense));
        Assert.Equal((Count, Features, false), (streamed.Count, streamed.Features, streamed.IsAllZero));
        // Half of the bytes, where a row takes between a label with one value and five values.
        Assert.InRange(streamed.WindowRows, 25_000 / 40, 25_000 / 8);
        TrainingRowsBuilder copy = new(Features);
        using var cursor = streamed.Open(features: true);
        while (cursor.MoveNext())
        {
            cursor.CopyTo(copy);
        }
        foreach (var rows in new[] { cached, copy.Finish() })
        {
            float[] actual = new float[Features];
            for (int row = 0; row < Count; row++)
            {
                rows[row].CopyTo(actual);
                Assert.Equal([.. Enumerable.Range(0, Features).Select(j => Value(row, j, features == "Sparse"))], actual);
                Assert.Equal(((LabelKind)kind == LabelKind.Boolean ? row % 2 : (LabelKind)kind == LabelKind.Key ? row % 3 : row, 1 + (row % 4)), (rows.Labels[row], rows.Weights[row]));
            }
        }
    }

    [Theory]
    [InlineData("Features", 7, "Row 7 has NaN as feature 2 (column 'Features')")]
    [InlineData("Features", 9990, "Row 9990 has NaN as feature 2 (column 'Features')")]
    [InlineData("Class", 9990, "Row 9990 has NaN as label (column 'Class')")]
    [InlineData("Weight", 9990, "Row 9990 has -1 as weight (column 'Weight')")]
    public void A_bad_value_is_named_wherever_it_lies(string column, int bad, string message)
    {
        var view = new MemoryDataView(Count)
            .With("Features", Vector, (int row, ref VBuffer<float> value) => value = new(Features, [1, 2, column == "Features" && row == bad ? float.NaN : 3, 4]))
            .With("Class", new KeyDataViewType(typeof(uint), 3), row => column == "Class" && row == bad ? 0u : 1u)
            .With("Weight", NumberDataViewType.Single, row => column == "Weight" && row == bad ? -1f : 1);
        foreach (long cache in new[] { long.MaxValue, 20_000 })
        {
            var error = Assert.Throws<ArgumentException>(() => TrainingRowsReader.Read(view, new("Features", "Class", LabelKind.Key, "Weight"), cache, default));
            Assert.StartsWith(message, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Reading_can_be_cancelled()
    {
        Assert.Throws<OperationCanceledException>(() => TrainingRowsReader.Read(View(), new("Dense", "Number", LabelKind.Number, null), long.MaxValue, new CancellationToken(true)));
    }

    private static float Value(int row, int feature, bool sparse) => !sparse ? row + feature + 1 : feature == row % 7 ? row + 1 : 0;

    private static MemoryDataView View() => new MemoryDataView(Count)
        .With("Dense", Vector, (int row, ref VBuffer<float> value) => value = new(Features, [.. Enumerable.Range(0, Features).Select(j => Value(row, j, false))]))
        .With("Sparse", Vector, (int row, ref VBuffer<float> value) => value = row % 7 < Features ? new(Features, 1, [Value(row, row % 7, true)], [row % 7]) : new(Features, 0, [], []))
        .With("Boolean", BooleanDataViewType.Instance, row => row % 2 == 1)
        .With("Class", new KeyDataViewType(typeof(uint), 3), row => (uint)(row % 3) + 1)
        .With("Number", NumberDataViewType.Single, row => (float)row)
        .With("Weight", NumberDataViewType.Single, row => 1f + (row % 4));
}
