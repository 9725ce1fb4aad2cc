// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The lines of text files as rows.</summary>
internal sealed class TextView : SourceView
{
    private readonly IMultiStreamSource _source;
    private readonly TextLoader.Options _options;
    private readonly TextColumn[] _columns;

    internal TextView(DataViewSchema schema, IMultiStreamSource source, TextLoader.Options options, TextColumn[] columns)
        : base(schema)
    {
        _source = source;
        _options = options;
        _columns = columns;
    }

    public override long? GetRowCount() => null;

    protected override DataViewRowCursor MakeCursor(bool[] active, Random rand) => new Cursor(this, active);

    private sealed class Cursor : SourceCursor
    {
        private readonly IEnumerator<(long Line, List<string> Fields)> _lines;
        private readonly TextValues[] _values;
        private readonly TextValues[] _parsed;

        internal Cursor(TextView view, bool[] active)
            : base(view.Schema, active)
        {
            _lines = new TextLines(view._source, view._options).Read().GetEnumerator();
            _values = [.. view._columns.Select((c, i) => active[i] ? c.NewParser() : null)];
            _parsed = [.. _values.Where(v => v is not null)];
        }

        protected override bool Advance()
        {
            if (!_lines.MoveNext())
            {
                return false;
            }

            foreach (TextValues values in _parsed)
            {
                values.Parse(_lines.Current.Fields, _lines.Current.Line);
            }

            return true;
        }

        protected override Delegate MakeGetter(int column) => _values[column].MakeGetter(CheckOnRow);

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _lines.Dispose();
            }

            base.Dispose(disposing);
        }
    }
}
