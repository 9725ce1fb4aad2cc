// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Pipelines;

public sealed class ColumnReadersTests
{
    private readonly MemoryDataView _data = ContractData.Create(rows: 3);

    [Fact]
    public void Each_kind_of_column_is_read_as_a_plain_value()
    {
        using var cursor = _data.GetRowCursor(_data.Schema);
        var dense = ColumnReaders.Vector<float>(cursor, "Features");
        var sparse = ColumnReaders.Vector<float>(cursor, "SparseFeatures");
        var one = ColumnReaders.Vector<float>(cursor, "Weight");
        var number = ColumnReaders.Number(cursor, "Number");
        var label = ColumnReaders.Boolean(cursor, "Label");
        var labelAsNumber = ColumnReaders.Number(cursor, "Label");
        var text = ColumnReaders.Text(cursor, "Text");
        var key = ColumnReaders.Key(cursor, "Class");
        var weight = ColumnReaders.Weight(cursor, "Weight");
        var group = ColumnReaders.Group(cursor, "Group");
        float[] a = new float[4], b = new float[4], c = new float[1];
        for (int row = 0; cursor.MoveNext(); row++)
        {
            dense(a);
            sparse(b);
            one(c);
            Assert.Equal(a, b);
            Assert.Equal(
                (row, row != 0, row != 0 ? 1f : 0, $"row {row}", (ulong)row + 1, 1 + row % 2f, 1UL, 1 + row % 2f),
                (number(), label(), labelAsNumber(), text(), key(), weight(), group(), c[0]));
        }
        Assert.Equal((1f, 0UL), (ColumnReaders.Weight(cursor, null)(), ColumnReaders.Group(cursor, null)()));
    }

    [Fact]
    public void A_column_of_another_type_is_named_in_the_refusal()
    {
        using var cursor = _data.GetRowCursor(_data.Schema);
        foreach (Action read in new Action[]
        {
            () => ColumnReaders.Number(cursor, "Text"),
            () => ColumnReaders.Boolean(cursor, "Text"),
            () => ColumnReaders.Key(cursor, "Text"),
            () => ColumnReaders.Vector<float>(cursor, "Text"),
        })
        {
            Assert.Contains("'Text' is String", Assert.Throws<ArgumentException>(read).Message, StringComparison.Ordinal);
        }
        Assert.Contains("no column 'Nothing'", Assert.Throws<ArgumentException>(() => ColumnReaders.Text(cursor, "Nothing")).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Promised_and_delivered_columns_are_refused_in_the_same_words()
    {
        var promised = ColumnChecks.Of(SchemaShapes.Of(_data.Schema));
        var delivered = ColumnChecks.Of(_data.Schema);
        foreach (var check in new Action<ColumnChecks>[] { c => c.BinaryLabel("Text"), c => c.NumberLabel("Text"), c => c.Weight("Text"), c => c.Group("Text"), c => c.ClassLabel("Text"), c => c.Features("Text") })
        {
            Assert.Equal(Assert.Throws<ArgumentException>(() => check(promised)).Message, Assert.Throws<ArgumentException>(() => check(delivered)).Message);
        }
        Assert.Null(delivered.Weight(null));
    }
}
