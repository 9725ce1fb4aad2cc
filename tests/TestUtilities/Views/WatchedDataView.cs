// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

/// <summary>Lets everything through and counts: cursors opened, rows moved to, which columns were asked for.</summary>
public sealed class WatchedDataView(IDataView inner) : IDataView
{
    private int _cursors;
    private int _rows;

    public int Cursors => _cursors;

    public int Rows => _rows;

    /// <summary>The columns that the last cursor was asked for.</summary>
    public IReadOnlySet<string> LastNeeded { get; private set; } = new HashSet<string>();

    public bool CanShuffle => inner.CanShuffle;

    public DataViewSchema Schema => inner.Schema;

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) =>
        Watch(inner.GetRowCursor(Note(columnsNeeded), rand));

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) =>
        Array.ConvertAll(inner.GetRowCursorSet(Note(columnsNeeded), n, rand), Watch);

    private DataViewSchema.Column[] Note(IEnumerable<DataViewSchema.Column> columns)
    {
        DataViewSchema.Column[] needed = [.. columns];
        LastNeeded = needed.Select(column => column.Name).ToHashSet();
        return needed;
    }

    private Cursor Watch(DataViewRowCursor cursor)
    {
        Interlocked.Increment(ref _cursors);
        return new Cursor(this, cursor);
    }

    private sealed class Cursor(WatchedDataView view, DataViewRowCursor inner) : DataViewRowCursor
    {
        public override DataViewSchema Schema => inner.Schema;

        public override long Position => inner.Position;

        public override long Batch => inner.Batch;

        public override bool MoveNext()
        {
            Interlocked.Increment(ref view._rows);
            return inner.MoveNext();
        }

        public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
