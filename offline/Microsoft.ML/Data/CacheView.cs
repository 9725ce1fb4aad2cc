// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A view that keeps the columns that it has read.</summary>
internal sealed class CacheView : SourceView
{
    private const int RowsPerBatch = 64;

    private readonly IDataView _input;
    private readonly ColumnStore[] _stores;
    private readonly bool[] _prefetched;
    private readonly Lock _filling = new();
    private long? _count;

    internal CacheView(IDataView input, IReadOnlyList<string> columnsToPrefetch)
        : base(input.Schema)
    {
        _input = input;
        _stores = new ColumnStore[Schema.Count];
        _prefetched = new bool[Schema.Count];
        foreach (string name in columnsToPrefetch ?? [])
        {
            DataViewSchema.Column column = Schema.GetColumnOrNull(name)
                ?? throw new ArgumentOutOfRangeException(nameof(columnsToPrefetch), $"Could not find prefetch column '{name}'");
            _prefetched[column.Index] = true;
        }
    }

    public override bool CanShuffle => true;

    public override long? GetRowCount() => _count ?? _input.GetRowCount();

    public override DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = ActiveColumns.Of(Schema, columnsNeeded);
        int[] order = Order(active, rand);
        int cursors = Math.Max(1, n);
        return [.. Enumerable.Range(0, cursors).Select(part => new Cursor(this, active, order, part, cursors))];
    }

    protected override DataViewRowCursor MakeCursor(bool[] active, Random rand) => new Cursor(this, active, Order(active, rand), 0, 1);

    private int[] Order(bool[] active, Random rand)
    {
        Fill(active);
        if (rand is null)
        {
            return null;
        }

        int[] order = [.. Enumerable.Range(0, (int)_count.Value)];
        rand.Shuffle(order);
        return order;
    }

    private void Fill(bool[] active)
    {
        lock (_filling)
        {
            DataViewSchema.Column[] missing = [.. Schema.Where(c => _stores[c.Index] is null && (active[c.Index] || _prefetched[c.Index]))];
            if (missing.Length == 0 && _count is not null)
            {
                return;
            }

            using DataViewRowCursor cursor = _input.GetRowCursor(missing);
            ColumnStore[] stores = [.. missing.Select(c => RawValues.For(c.Type).NewStore())];
            Action<int>[] writers = [.. missing.Select((c, i) => stores[i].Writer(cursor, c))];
            int count = 0;
            for (; cursor.MoveNext(); count++)
            {
                foreach (Action<int> write in writers)
                {
                    write(count);
                }
            }

            for (int i = 0; i < missing.Length; i++)
            {
                _stores[missing[i].Index] = stores[i];
            }

            _count = count;
        }
    }

    private sealed class Cursor : SourceCursor
    {
        private readonly CacheView _view;
        private readonly int[] _order;
        private readonly int _cursors;
        private readonly long _count;
        private long _batch;
        private long _next;
        private int _place;

        internal Cursor(CacheView view, bool[] active, int[] order, int part, int cursors)
            : base(view.Schema, active)
        {
            _view = view;
            _order = order;
            _cursors = cursors;
            _count = view._count.Value;
            _batch = part;
            _next = (long)part * RowsPerBatch;
        }

        public override long Batch => _cursors == 1 ? 0 : _batch;

        public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
        {
            CheckOnRow();
            id = new DataViewRowId((ulong)_place, 0);
        };

        protected override bool Advance()
        {
            if (_next >= (_batch + 1) * RowsPerBatch)
            {
                _batch += _cursors;
                _next = _batch * RowsPerBatch;
            }

            if (_next >= _count)
            {
                return false;
            }

            _place = _order is null ? (int)_next : _order[_next];
            _next++;
            return true;
        }

        protected override Delegate MakeGetter(int column) => _view._stores[column].Reader(() =>
        {
            CheckOnRow();
            return _place;
        });
    }
}
