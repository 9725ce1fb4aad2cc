// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A cursor that passes on some of the rows of another.</summary>
internal sealed class PassingCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly bool[] _active;
    private readonly Func<bool> _advance;
    private long _position = -1;
    private bool _ended;

    /// <summary><paramref name="advance"/> moves the input to the next row that is passed on.</summary>
    internal PassingCursor(DataViewRowCursor input, bool[] active, Func<bool> advance)
    {
        _input = input;
        _active = active;
        _advance = advance;
    }

    public override long Position => _position;

    public override long Batch => _input.Batch;

    public override DataViewSchema Schema => _input.Schema;

    public override bool MoveNext()
    {
        if (!_ended && _advance())
        {
            _position++;
            return true;
        }

        _ended = true;
        _position = -1;
        return false;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ActiveColumns.Check(_active, column);
        return _input.GetGetter<TValue>(column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => ActiveColumns.IsActive(_active, column);

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _position = -1;
        if (disposing)
        {
            _input.Dispose();
        }
    }
}
