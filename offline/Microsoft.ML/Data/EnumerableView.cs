// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The objects of an enumerable as rows.</summary>
internal sealed class EnumerableView<TRow> : SourceView
    where TRow : class
{
    private readonly IEnumerable<TRow> _rows;
    private readonly RowMember[] _members;

    internal EnumerableView(IEnumerable<TRow> rows, RowMember[] members)
        : base(SchemaOf(members))
    {
        _rows = rows;
        _members = members;
    }

    public override long? GetRowCount() => (_rows as ICollection<TRow>)?.Count;

    internal static DataViewSchema SchemaOf(RowMember[] members)
    {
        var builder = new DataViewSchema.Builder();
        foreach (RowMember member in members)
        {
            builder.AddColumn(member.ColumnName, member.ColumnType, member.Annotations);
        }

        return builder.ToSchema();
    }

    protected override DataViewRowCursor MakeCursor(bool[] active, Random rand) => new Cursor(this, active);

    private sealed class Cursor : SourceCursor
    {
        private readonly EnumerableView<TRow> _view;
        private readonly IEnumerator<TRow> _rows;
        private TRow _current;

        internal Cursor(EnumerableView<TRow> view, bool[] active)
            : base(view.Schema, active)
        {
            _view = view;
            _rows = view._rows.GetEnumerator();
        }

        protected override bool Advance()
        {
            if (!_rows.MoveNext())
            {
                _current = null;
                return false;
            }

            _current = _rows.Current ?? throw new InvalidOperationException("Encountered null when iterating over data, this is not supported.");
            return true;
        }

        protected override Delegate MakeGetter(int column) => RowSource<TRow>.Getter(_view._members[column], Current);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _rows.Dispose();
            }

            base.Dispose(disposing);
        }

        private TRow Current()
        {
            if (_current is null)
            {
                CheckOnRow();
            }

            return _current;
        }
    }
}
