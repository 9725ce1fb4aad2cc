// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>Reads a batch of rows ahead, scores them together and serves them one after the other.</summary>
/// <remarks>Of each row it keeps every active column's value, its position, its batch number and its id.</remarks>
internal sealed class BatchedCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly MappedSchema _schema;
    private readonly bool[] _active;
    private readonly IBatchScorer _scorer;
    private readonly RowBatch _batch;
    private readonly ColumnBuffer?[] _columns;
    private readonly ColumnBuffer[] _read;
    private readonly Delegate?[] _getters;
    private readonly ValueGetter<DataViewRowId> _readId;
    private readonly long[] _positions;
    private readonly long[] _batches;
    private readonly DataViewRowId[] _ids;
    private bool _started;
    private bool _inputEnded;
    private bool _ended;
    private bool _disposed;

    public BatchedCursor(DataViewRowCursor input, MappedSchema schema, bool[] active)
    {
        _input = input;
        _schema = schema;
        _active = active;
        int capacity = schema.Mapper.BatchSize;
        _scorer = schema.Mapper.CreateScorer(input, schema.ActiveOutputs(active), capacity);
        try
        {
            _batch = new RowBatch(_scorer);
            _columns = [.. schema.Input.Select(column => active[column.Index] ? ColumnBuffer.Create(input, column, capacity) : null)];
            _read = [.. _columns.OfType<ColumnBuffer>()];
            _getters = new Delegate?[schema.Output.Count];
            _readId = input.GetIdGetter();
            _positions = new long[capacity];
            _batches = new long[capacity];
            _ids = new DataViewRowId[capacity];
        }
        catch
        {
            _scorer.Dispose();
            throw;
        }
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => IsOnRow ? _positions[_batch.Current] : -1;

    public override long Batch => IsOnRow ? _batches[_batch.Current] : _input.Batch;

    private bool IsOnRow => _started && !_ended;

    public override bool MoveNext()
    {
        if (_ended || _disposed)
        {
            return false;
        }
        if (_batch.MoveNext())
        {
            return true;
        }
        _started = true;
        _ended = !Fill();
        return !_ended;
    }

    public override bool IsColumnActive(DataViewSchema.Column column) => _active[_schema.IndexOf(column)];

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        int index = _schema.IndexOf(column);
        if (!_active[index])
        {
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this cursor. Ask for it when the cursor is made.");
        }
        _getters[index] ??= _schema.IsInput(index) ? _columns[index]!.CreateGetter(_batch) : _scorer.CreateGetter(_schema.OutputOf(index), _batch);
        return _getters[index] as ValueGetter<TValue> ?? throw WrongType.Of<TValue>(column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) =>
    {
        if (!IsOnRow)
        {
            throw new InvalidOperationException("The cursor stands on no row: call MoveNext first.");
        }
        id = _ids[_batch.Current];
    };

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _ended = true;
            _batch.Refill(0);
            _scorer.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }

    private bool Fill()
    {
        // Should the input fail in between, no row of the last batch is served again.
        _batch.Refill(0);
        int count = 0;
        while (count < _ids.Length && !_inputEnded)
        {
            if (!_input.MoveNext())
            {
                _inputEnded = true;
                break;
            }
            _positions[count] = _input.Position;
            _batches[count] = _input.Batch;
            _readId(ref _ids[count]);
            foreach (var column in _read)
            {
                column.Read(count);
            }
            _scorer.Read(count);
            count++;
        }
        _batch.Refill(count);
        return count > 0;
    }
}
