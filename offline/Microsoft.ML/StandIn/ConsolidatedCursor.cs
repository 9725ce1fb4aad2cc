// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>
/// A cursor over computed columns as a user of the real packages sees it: there rows are computed by worker threads, so whatever is
/// thrown on the way arrives wrapped, and a value can't be had where there is no row.
/// </summary>
internal sealed class ConsolidatedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly bool[] _active;
    private readonly Delegate[] _getters;
    private long _position = -1;
    private bool _ended;

    internal ConsolidatedCursor(DataViewRowCursor input, bool[] active)
    {
        _input = input;
        _active = active;
        _getters = new Delegate[active.Length];
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema => _input.Schema;

    public override bool MoveNext()
    {
        if (_ended)
        {
            return false;
        }

        bool moved = false;
        try
        {
            moved = _input.MoveNext();
        }
        catch (Exception exception) when (Wrapped(exception) is { } wrapped)
        {
            throw wrapped;
        }
        finally
        {
            _ended = !moved;
            _position = moved ? _position + 1 : -1;
        }

        return moved;
    }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsColumnActive(column))
        {
            throw new ArgumentOutOfRangeException(nameof(column), "requested column not active.");
        }

        Delegate getter = _getters[column.Index] ??= Guard(Schema[column.Index]);
        return getter as ValueGetter<TValue> ?? throw new InvalidOperationException(
            $"Invalid TValue: '{typeof(TValue)}', expected type: '{getter.GetType().GetGenericArguments()[0]}'.");
    }

    public override ValueGetter<DataViewRowId> GetIdGetter()
    {
        ValueGetter<DataViewRowId> getter = _input.GetIdGetter();
        return (ref DataViewRowId value) =>
        {
            CheckOnRow();
            getter(ref value);
        };
    }

    public override bool IsColumnActive(DataViewSchema.Column column)
        => (uint)column.Index < (uint)_active.Length ? _active[column.Index] : throw new ArgumentOutOfRangeException(nameof(column));

    protected override void Dispose(bool disposing)
    {
        _ended = true;
        _position = -1;
        if (disposing)
        {
            _input.Dispose();
        }
    }

    private Delegate Guard(DataViewSchema.Column column)
    {
        RawValues values = RawValues.For(column.Type);
        return values.Guarded(values.GetterOf(_input, column), CheckOnRow, Wrapped);
    }

    private void CheckOnRow()
    {
        if (_position < 0)
        {
            throw new InvalidOperationException("Cannot get value as the cursor is not in a good state");
        }
    }

    private static InvalidOperationException Wrapped(Exception exception)
        => new("Splitter/consolidator worker encountered exception while consuming source data", exception);
}
