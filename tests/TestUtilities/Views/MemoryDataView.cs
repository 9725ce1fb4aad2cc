// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

/// <summary>Rows made by functions, with everything that a data view may do: shuffling, and a set of cursors that share the rows in batches.</summary>
public sealed class MemoryDataView : IDataView
{
    /// <summary>Rows of one batch stay together in a cursor set.</summary>
    public const int RowsPerBatch = 5;

    private readonly DataViewSchema.Builder _builder = new();
    private readonly List<Func<Func<int>, Delegate>> _getters = [];
    private readonly int _rows;
    private DataViewSchema? _schema;

    public MemoryDataView(int rows) => _rows = rows;

    public bool CanShuffle => true;

    public DataViewSchema Schema => _schema ??= _builder.ToSchema();

    /// <summary>Adds a column; <paramref name="fill"/> writes the value of a row.</summary>
    public MemoryDataView With<T>(string name, DataViewType type, Filler<T> fill, DataViewSchema.Annotations? annotations = null)
    {
        _builder.AddColumn(name, type, annotations);
        _getters.Add(row => (ValueGetter<T>)((ref T value) => fill(row(), ref value)));
        return this;
    }

    /// <summary>Adds a column of values that need no buffer.</summary>
    public MemoryDataView With<T>(string name, DataViewType type, Func<int, T> valueOf, DataViewSchema.Annotations? annotations = null) =>
        With(name, type, (int row, ref T value) => value = valueOf(row), annotations);

    public long? GetRowCount() => _rows;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        new Cursor(this, columnsNeeded, Order(rand), _ => true);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        int[] order = Order(rand);
        DataViewSchema.Column[] needed = [.. columnsNeeded];
        return [.. Enumerable.Range(0, Math.Max(1, n)).Select(part => new Cursor(this, needed, order, batch => batch % Math.Max(1, n) == part))];
    }

    private int[] Order(Random? rand)
    {
        int[] order = [.. Enumerable.Range(0, _rows)];
        rand?.Shuffle(order);
        return order;
    }

    /// <summary>Writes the value of a row.</summary>
    public delegate void Filler<T>(int row, ref T value);

    private sealed class Cursor(MemoryDataView view, IEnumerable<DataViewSchema.Column> needed, int[] order, Func<long, bool> isMine) : DataViewRowCursor
    {
        private readonly HashSet<int> _active = [.. needed.Select(column => column.Index)];
        private int _at = -1;

        public override DataViewSchema Schema => view.Schema;

        public override long Position => _at < order.Length ? _at : -1;

        public override long Batch => _at / RowsPerBatch;

        public override bool MoveNext()
        {
            do
            {
                _at++;
            }
            while (_at < order.Length && !isMine(Batch));
            return _at < order.Length;
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => _active.Contains(column.Index);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _active.Contains(column.Index)
            ? (ValueGetter<TValue>)view._getters[column.Index](() => order[_at])
            : throw new InvalidOperationException($"Column '{column.Name}' is not active.");

        public override ValueGetter<DataViewRowId> GetIdGetter() =>
            (ref DataViewRowId id) => id = new DataViewRowId((ulong)order[_at], 7);
    }
}
