// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A row as it is, with only some of its columns active.</summary>
internal sealed class PassingRow : DataViewRow
{
    private readonly DataViewRow _input;
    private readonly bool[] _active;

    internal PassingRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        _input = input;
        _active = ActiveColumns.Of(input.Schema, activeColumns);
    }

    public override long Position => _input.Position;

    public override long Batch => _input.Batch;

    public override DataViewSchema Schema => _input.Schema;

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        ActiveColumns.Check(_active, column);
        return _input.GetGetter<TValue>(column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

    public override bool IsColumnActive(DataViewSchema.Column column) => ActiveColumns.IsActive(_active, column);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _input.Dispose();
        }
    }
}
