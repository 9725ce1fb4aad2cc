// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A cursor that keeps position, batch, activity and errors in order; give it the advance and the getters.</summary>
internal abstract class SourceCursor : DataViewRowCursor
{
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private long _position = -1;
    private bool _ended;

    protected SourceCursor(DataViewSchema schema, bool[] active)
    {
        Schema = schema;
        _active = active;
        _getters = new Delegate[active.Length];
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    /// <summary>Moves to the next row, if there is one.</summary>
    protected abstract bool Advance();

    /// <summary>A getter, a <see cref="ValueGetter{TValue}"/> of the column's raw type, of the current row's value.</summary>
    protected abstract Delegate MakeGetter(int column);

    /// <summary>Throws where there is no current row.</summary>
    protected void CheckOnRow()
    {
        if (_position < 0)
        {
            throw new InvalidOperationException("Values cannot be fetched at this time: there is no current row, before the first call to MoveNext and after one that returned false.");
        }
    }

    public sealed override bool MoveNext()
    {
        if (!_ended && Advance())
        {
            _position++;
            return true;
        }

        _ended = true;
        _position = -1;
        return false;
    }

    public sealed override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ActiveColumns.Check(_active, column);
        return ActiveColumns.Typed<TValue>(_getters[column.Index] ??= MakeGetter(column.Index), column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        CheckOnRow();
        id = new DataViewRowId((ulong)_position, 0);
    };

    public sealed override bool IsColumnActive(DataViewSchema.Column column) => ActiveColumns.IsActive(_active, column);

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _position = -1;
        base.Dispose(disposing);
    }
}
