// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Pipelines;

public sealed class BatchedCursorTests
{
    private readonly CountingMapper _mapper = new(batchSize: 10);

    [Fact]
    public void Rows_are_scored_a_batch_at_a_time_and_the_rest_at_the_end()
    {
        Snapshot.Of(BatchMapping.Transform(ContractData.Create(rows: 23), _mapper), ["Doubled"]);
        Assert.Equal([10, 10, 3], _mapper.Batches);
    }

    [Fact]
    public void Nothing_is_scored_when_no_score_is_active()
    {
        Snapshot.Of(BatchMapping.Transform(ContractData.Create(), _mapper), ["Text", "Sparse"]);
        Assert.Equal(0, _mapper.Scorers);
    }

    [Fact]
    public void Nothing_is_scored_while_nobody_looks_at_a_score()
    {
        var view = BatchMapping.Transform(ContractData.Create(), _mapper);
        using var cursor = view.GetRowCursor(view.Schema);
        while (cursor.MoveNext())
        {
        }
        Assert.Empty(_mapper.Batches);
    }

    [Fact]
    public void A_value_that_cant_be_copied_forces_row_by_row()
    {
        var odd = ContractData.Create(rows: 23).With("Odd", new OddType(), row => new Odd(row));
        var watched = new WatchedDataView(odd);
        var view = BatchMapping.Transform(watched, _mapper);
        var column = view.Schema["Odd"];
        using (var cursor = view.GetRowCursor([column, view.Schema["Doubled"]]))
        {
            var getOdd = cursor.GetGetter<Odd>(column);
            var getScore = cursor.GetGetter<float>(view.Schema["Doubled"]);
            Odd value = default;
            float score = 0;
            for (int row = 0; cursor.MoveNext(); row++)
            {
                Assert.Equal(row + 1, watched.Rows);
                getOdd(ref value);
                getScore(ref score);
                Assert.Equal((new Odd(row), 2 + 2 * (row % 2f)), (value, score));
            }
        }
        Assert.All(_mapper.Batches, count => Assert.Equal(1, count));
        _mapper.Batches.Clear();
        Snapshot.Of(view, ["Doubled", "Text"]);
        Assert.Equal([10, 10, 3], _mapper.Batches);
    }

    [Fact]
    public void Vectors_are_copied_even_from_getters_that_hand_out_one_buffer_for_all_rows()
    {
        float[] shared = new float[2];
        var data = ContractData.Create(rows: 23).With("Shared", new VectorDataViewType(NumberDataViewType.Single, 2), (int row, ref VBuffer<float> value) =>
        {
            shared[0] = row;
            shared[1] = -row;
            value = new VBuffer<float>(2, shared);
        });
        var rows = Snapshot.Of(BatchMapping.Transform(data, _mapper), ["Shared", "Doubled"]);
        Assert.All(rows.Select((row, i) => (row, i)), pair => Assert.Equal([pair.i, -pair.i], (float[])pair.row.Values["Shared"]));
    }

    [Fact]
    public void Position_batch_and_id_are_those_of_the_row_that_is_served()
    {
        var data = ContractData.Create(rows: 23);
        var view = BatchMapping.Transform(data, _mapper);
        using var input = data.GetRowCursor(data.Schema);
        using var cursor = view.GetRowCursor(view.Schema);
        var inputId = input.GetIdGetter();
        var id = cursor.GetIdGetter();
        Assert.Equal(-1, cursor.Position);
        while (input.MoveNext())
        {
            Assert.True(cursor.MoveNext());
            DataViewRowId expected = default, actual = default;
            inputId(ref expected);
            id(ref actual);
            Assert.Equal((input.Position, input.Batch, expected), (cursor.Position, cursor.Batch, actual));
        }
        Assert.False(cursor.MoveNext());
        Assert.False(cursor.MoveNext());
        Assert.Equal(-1, cursor.Position);
        Assert.Throws<InvalidOperationException>(() =>
        {
            DataViewRowId none = default;
            id(ref none);
        });
    }

    [Fact]
    public void A_getter_of_another_type_or_of_a_foreign_column_is_refused()
    {
        var view = BatchMapping.Transform(ContractData.Create(), _mapper);
        using var cursor = view.GetRowCursor(view.Schema);
        Assert.Contains("holds Single", Assert.Throws<InvalidOperationException>(() => cursor.GetGetter<double>(view.Schema["Doubled"])).Message, StringComparison.Ordinal);
        var foreign = new MemoryDataView(1).With("Foreign", NumberDataViewType.Single, row => 1f).Schema["Foreign"];
        Assert.Contains("'Foreign'", Assert.Throws<ArgumentException>(() => cursor.GetGetter<float>(foreign)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => view.GetRowCursor([foreign]));
    }

    [Fact]
    public void An_empty_view_stays_empty() => Assert.Empty(Snapshot.Of(BatchMapping.Transform(ContractData.Create(rows: 0), _mapper)));

    [Theory]
    [InlineData("Text")]
    [InlineData("Doubled")]
    public void A_getter_is_refused_where_the_cursor_stands_on_no_row(string name)
    {
        var view = BatchMapping.Transform(ContractData.Create(rows: 12), _mapper);
        var cursor = view.GetRowCursor(view.Schema);
        Action read = name == "Text" ? Reader<ReadOnlyMemory<char>>(cursor, name) : Reader<float>(cursor, name);
        Assert.Throws<InvalidOperationException>(read);
        while (cursor.MoveNext())
        {
            read();
        }
        Assert.Throws<InvalidOperationException>(read);
        cursor.Dispose();
        Assert.Throws<InvalidOperationException>(read);
    }

    [Fact]
    public void A_row_is_not_served_again_after_the_input_failed()
    {
        int moves = 0;
        var data = ContractData.Create(rows: 23);
        var broken = new BrokenDataView(data)
        {
            CursorWith = (columns, random) =>
            {
                var inner = data.GetRowCursor(columns, random);
                return new BrokenDataView.Cursor(inner) { MoveWith = () => ++moves == 13 ? throw new IOException("lost") : inner.MoveNext() };
            },
        };
        var view = BatchMapping.Transform(broken, _mapper);
        using var cursor = view.GetRowCursor(view.Schema);
        var read = Reader<float>(cursor, "Doubled");
        for (int row = 0; row < 10; row++)
        {
            Assert.True(cursor.MoveNext());
        }
        Assert.Throws<IOException>(() => cursor.MoveNext());
        Assert.Throws<InvalidOperationException>(read);
    }

    [Fact]
    public void All_cursors_of_a_set_are_closed_when_one_cannot_be_wrapped()
    {
        var data = ContractData.Create(rows: 23);
        var inputs = new List<ClosedCursor>();
        var broken = new BrokenDataView(data)
        {
            SetWith = (columns, _, random) =>
            {
                inputs.AddRange(Enumerable.Range(0, 3).Select(i => new ClosedCursor(data.GetRowCursor(columns, random), fails: i == 1)));
                return [.. inputs];
            },
        };
        var view = BatchMapping.Transform(broken, _mapper);

        Assert.Throws<IOException>(() => view.GetRowCursorSet(view.Schema, 3));

        Assert.All(inputs, input => Assert.True(input.Closed));
        Assert.Equal(0, _mapper.OpenScorers);
    }

    private static Action Reader<T>(DataViewRowCursor cursor, string name)
    {
        var getter = cursor.GetGetter<T>(cursor.Schema[name]);
        T value = default!;
        return () => getter(ref value);
    }

    private readonly record struct Odd(int Row);

    private sealed class OddType() : PrimitiveDataViewType(typeof(Odd))
    {
        public override bool Equals(DataViewType? other) => other is OddType;
    }
}
