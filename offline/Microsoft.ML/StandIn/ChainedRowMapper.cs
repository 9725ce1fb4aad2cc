// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Row mappers one after another.</summary>
internal sealed class ChainedRowMapper : IRowToRowMapper
{
    private readonly IReadOnlyList<IRowToRowMapper> _mappers;

    internal ChainedRowMapper(DataViewSchema inputSchema, IReadOnlyList<IRowToRowMapper> mappers)
    {
        InputSchema = inputSchema;
        _mappers = mappers;
    }

    public DataViewSchema InputSchema { get; }

    public DataViewSchema OutputSchema => _mappers.Count > 0 ? _mappers[^1].OutputSchema : InputSchema;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
        => _mappers.Reverse().Aggregate(dependingColumns, (columns, mapper) => mapper.GetDependencies(columns));

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        if (_mappers.Count == 0)
        {
            return new PassingRow(input, activeColumns);
        }

        var needed = new IEnumerable<DataViewSchema.Column>[_mappers.Count];
        IEnumerable<DataViewSchema.Column> columns = [.. activeColumns];
        for (int i = _mappers.Count - 1; i >= 0; i--)
        {
            needed[i] = columns;
            columns = [.. _mappers[i].GetDependencies(columns)];
        }

        DataViewRow row = input;
        for (int i = 0; i < _mappers.Count; i++)
        {
            row = _mappers[i].GetRow(row, needed[i]);
        }

        return row;
    }
}
