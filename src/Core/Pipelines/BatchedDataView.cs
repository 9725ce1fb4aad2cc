// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Pipelines;

/// <summary>A view of other rows with a mapper's columns added. Nothing is read or computed until a cursor moves.</summary>
internal sealed class BatchedDataView : IDataView
{
    private readonly IDataView _input;
    private readonly MappedSchema _schema;

    public BatchedDataView(IDataView input, IBatchMapper mapper)
    {
        _input = input;
        _schema = new MappedSchema(input.Schema, mapper);
    }

    public bool CanShuffle => _input.CanShuffle;

    public DataViewSchema Schema => _schema.Output;

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null)
    {
        bool[] active = _schema.Activity(columnsNeeded);
        return Wrap(_input.GetRowCursor(_schema.Needed(active), rand), active);
    }

    // Each cursor of the set is wrapped by itself: rows keep their Batch, so whoever merges by it gets the serial order.
    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null)
    {
        bool[] active = _schema.Activity(columnsNeeded);
        var inputs = _input.GetRowCursorSet(_schema.Needed(active), n, rand);
        var cursors = new DataViewRowCursor[inputs.Length];
        int wrapped = 0;
        try
        {
            for (; wrapped < inputs.Length; wrapped++)
            {
                cursors[wrapped] = Wrap(inputs[wrapped], active);
            }
            return cursors;
        }
        catch
        {
            // The one that failed was disposed where it failed.
            foreach (var cursor in cursors[..wrapped].Concat(inputs.Skip(wrapped + 1)))
            {
                cursor.Dispose();
            }
            throw;
        }
    }

    private DataViewRowCursor Wrap(DataViewRowCursor input, bool[] active)
    {
        try
        {
            bool canBuffer = _schema.Mapper.BatchSize > 1
                && _schema.NeedsScores(active)
                && _schema.Input.All(column => !active[column.Index] || ColumnBuffer.CanCopy(column.Type));
            return canBuffer ? new BatchedCursor(input, _schema, active) : new RowByRowCursor(input, _schema, active);
        }
        catch
        {
            input.Dispose();
            throw;
        }
    }
}
