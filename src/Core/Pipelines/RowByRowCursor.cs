// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>Lets rows through one by one: when no score is asked for, when a value can't be copied, when the model takes one row.</summary>
internal sealed class RowByRowCursor : DataViewRowCursor
{
    private readonly DataViewRowCursor _input;
    private readonly MappedSchema _schema;
    private readonly MappedRow _row;
    private bool _disposed;

    public RowByRowCursor(DataViewRowCursor input, MappedSchema schema, bool[] active)
    {
        _input = input;
        _schema = schema;
        _row = new MappedRow(input, schema, active);
    }

    public override DataViewSchema Schema => _schema.Output;

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override bool MoveNext() => _input.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        if (disposing && !_disposed)
        {
            _disposed = true;
            _row.Dispose();
            _input.Dispose();
        }
        base.Dispose(disposing);
    }
}
