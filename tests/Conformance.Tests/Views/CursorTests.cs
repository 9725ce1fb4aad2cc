// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests.Views;

public class CursorTests
{
    private static readonly MLContext Context = new(1);
    private static readonly IDataView Data = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 5).Select(i => new Row { F = i, S = "s" + i }).ToArray());
    private static readonly IDataView Mapped = Context.Transforms.CustomMapping<Number, Plus>((from, to) => to.X = from.F + 1, null).Fit(Data).Transform(Data);

    [Fact]
    public void A_cursor_begins_before_the_first_row_and_ends_after_the_last()
    {
        using DataViewRowCursor cursor = Data.GetRowCursor(Data.Schema);
        Assert.Equal((-1, 0), (cursor.Position, cursor.Batch));
        var positions = new List<long>();
        while (cursor.MoveNext())
        {
            positions.Add(cursor.Position);
        }

        Assert.Equal([0, 1, 2, 3, 4], positions);
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Only_what_was_asked_for_is_active()
    {
        using DataViewRowCursor cursor = Data.GetRowCursor([Data.Schema["F"]]);
        Assert.True(cursor.IsColumnActive(Data.Schema["F"]));
        Assert.False(cursor.IsColumnActive(Data.Schema["S"]));
        Assert.Equal(
            "System.ArgumentOutOfRangeException: requested column not active (Parameter 'column')",
            Observed.Error(() => cursor.GetGetter<ReadOnlyMemory<char>>(Data.Schema["S"])));
        Assert.Throws<ArgumentNullException>("columnsNeeded", () => Data.GetRowCursor(null!));
    }

    [Fact]
    public void A_getter_of_another_type_is_refused()
    {
        using DataViewRowCursor cursor = Data.GetRowCursor(Data.Schema), mapped = Mapped.GetRowCursor(Mapped.Schema);
        Assert.Equal(
            "System.InvalidOperationException: Invalid TValue in GetGetter for column #F: Single: 'System.Double', expected type: 'System.Single'.",
            Observed.Error(() => cursor.GetGetter<double>(Data.Schema["F"])));
        Assert.Equal(
            "System.InvalidOperationException: Invalid TValue: 'System.Double', expected type: 'System.Single'.",
            Observed.Error(() => mapped.GetGetter<double>(Mapped.Schema["X"])));
    }

    [Fact]
    public void A_column_of_another_schema_is_refused()
    {
        IDataView wide = Context.Data.LoadFromEnumerable(new[] { new Wide() });
        Assert.Equal(
            "System.InvalidOperationException: The requested column: D: Int32 is not part of the sourceSchema",
            Observed.Error(() => Data.GetRowCursor([wide.Schema["D"]])));
        using DataViewRowCursor cursor = Data.GetRowCursor(Data.Schema);
        Assert.Throws<InvalidOperationException>(() => cursor.IsColumnActive(wide.Schema["D"]));
        Assert.Throws<ArgumentOutOfRangeException>("column", () => cursor.GetGetter<int>(wide.Schema["D"]));
    }

    [Fact]
    public void A_computed_column_alone_leaves_the_inputs_inactive()
    {
        using DataViewRowCursor cursor = Mapped.GetRowCursor([Mapped.Schema["X"]]);
        Assert.Equal("F False,S False,X True", string.Join(",", Mapped.Schema.Select(c => $"{c.Name} {cursor.IsColumnActive(c)}")));
        Assert.Throws<ArgumentOutOfRangeException>("column", () => cursor.GetGetter<float>(Mapped.Schema["F"]));
        Assert.Equal([1, 2, 3, 4, 5], Observed.Values<float>(cursor, "X"));
    }

    [Fact]
    public void A_computed_column_that_is_not_asked_for_is_not_computed()
    {
        int calls = 0;
        IDataView counted = Context.Transforms.CustomMapping<Number, Plus>((_, _) => Interlocked.Increment(ref calls), null).Fit(Data).Transform(Data);
        using DataViewRowCursor cursor = counted.GetRowCursor([counted.Schema["F"]]);
        Assert.Equal(5, Observed.Values<float>(cursor, "F").Count);
        Assert.Equal(0, calls);
    }

    [Fact]
    public void A_computed_value_before_the_first_row_is_refused()
    {
        using DataViewRowCursor cursor = Mapped.GetRowCursor(Mapped.Schema);
        ValueGetter<float> getter = cursor.GetGetter<float>(Mapped.Schema["X"]);
        float value = 0;
        Assert.Equal("System.InvalidOperationException: Cannot get value as the cursor is not in a good state", Observed.Error(() => getter(ref value)));
    }

    [Fact]
    public void What_is_thrown_while_a_row_is_computed_arrives_wrapped()
    {
        IDataView failing = Context.Transforms.CustomMapping<Number, Plus>((_, _) => throw new ArithmeticException("mine"), null).Fit(Data).Transform(Data);
        InvalidOperationException thrown = Assert.Throws<InvalidOperationException>(() => failing.GetColumn<float>("X").ToList());
        Assert.Equal("Splitter/consolidator worker encountered exception while consuming source data", thrown.Message);
        Assert.Equal("mine", Assert.IsType<ArithmeticException>(thrown.InnerException).Message);
    }

    [Fact]
    public void Identities_count_the_rows_of_an_enumerable()
    {
        using DataViewRowCursor cursor = Mapped.GetRowCursor(Mapped.Schema);
        ValueGetter<DataViewRowId> getter = cursor.GetIdGetter();
        var ids = new List<DataViewRowId>();
        DataViewRowId id = default;
        while (cursor.MoveNext())
        {
            getter(ref id);
            ids.Add(id);
        }

        Assert.Equal(Enumerable.Range(0, 5).Select(i => new DataViewRowId((ulong)i, 0)), ids);
    }

    [Fact]
    public void A_disposed_cursor_has_no_rows()
    {
        DataViewRowCursor cursor = Data.GetRowCursor(Data.Schema);
        cursor.MoveNext();
        cursor.Dispose();
        Assert.Equal(-1, cursor.Position);
        Assert.False(cursor.MoveNext());
    }

    [Fact]
    public void Random_order_of_what_cannot_shuffle_is_the_order()
    {
        Assert.False(Data.CanShuffle);
        Assert.Equal(5, Data.GetRowCount());
        Assert.Equal(5, Mapped.GetRowCount());
        using DataViewRowCursor cursor = Data.GetRowCursor(Data.Schema, new Random(1));
        Assert.Equal([0, 1, 2, 3, 4], Observed.Values<float>(cursor, "F"));
    }

    [Fact]
    public void A_set_of_cursors_merged_by_batch_is_the_serial_order()
    {
        IDataView cached = Context.Data.Cache(Context.Data.LoadFromEnumerable(Enumerable.Range(0, 1000).Select(i => new Number { F = i }).ToArray()));
        DataViewRowCursor[] cursors = cached.GetRowCursorSet(cached.Schema, 4);
        var rows = new List<(long Batch, long Position, float Value)>();
        foreach (DataViewRowCursor cursor in cursors)
        {
            using (cursor)
            {
                ValueGetter<float> getter = cursor.GetGetter<float>(cached.Schema["F"]);
                float value = 0;
                while (cursor.MoveNext())
                {
                    getter(ref value);
                    rows.Add((cursor.Batch, cursor.Position, value));
                }
            }
        }

        Assert.Equal(Enumerable.Range(0, 1000).Select(i => (float)i), rows.OrderBy(r => r.Batch).ThenBy(r => r.Position).Select(r => r.Value));
    }

    [Fact]
    public void Dependencies_are_the_columns_that_a_mapping_reads()
    {
        ITransformer transformer = Context.Transforms.CustomMapping<Number, Plus>((_, _) => { }, null).Fit(Data);
        IRowToRowMapper mapper = transformer.GetRowToRowMapper(Data.Schema);
        Assert.Equal(["F"], mapper.GetDependencies([mapper.OutputSchema["X"]]).Select(c => c.Name));
        Assert.Equal(["S"], mapper.GetDependencies([mapper.OutputSchema["S"]]).Select(c => c.Name));
    }

    internal sealed class Row
    {
        public float F { get; set; }

        public string? S { get; set; }
    }

    internal sealed class Number
    {
        public float F { get; set; }
    }

    internal sealed class Plus
    {
        public float X { get; set; }
    }

    internal sealed class Wide
    {
        public int A { get; set; }

        public int B { get; set; }

        public int C { get; set; }

        public int D { get; set; }
    }
}
