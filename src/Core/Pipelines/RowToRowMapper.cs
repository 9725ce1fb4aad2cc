// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>A mapper's row face: what prediction engines and chains of mappers ask for.</summary>
internal sealed class RowToRowMapper : IRowToRowMapper
{
    private readonly MappedSchema _schema;

    public RowToRowMapper(DataViewSchema input, IBatchMapper mapper) => _schema = new MappedSchema(input, mapper);

    public DataViewSchema InputSchema => _schema.Input;

    public DataViewSchema OutputSchema => _schema.Output;

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        ArgumentNullException.ThrowIfNull(dependingColumns);
        return _schema.Needed(_schema.Activity(dependingColumns));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        return new Row(input, _schema, _schema.Activity(activeColumns));
    }

    private sealed class Row : DataViewRow
    {
        private readonly DataViewRow _input;
        private readonly MappedSchema _schema;
        private readonly MappedRow _row;

        public Row(DataViewRow input, MappedSchema schema, bool[] active)
        {
            _input = input;
            _schema = schema;
            _row = new MappedRow(input, schema, active);
        }

        public override DataViewSchema Schema => _schema.Output;

        public override long Position => _input.Position;

        public override long Batch => _input.Batch;

        public override bool IsColumnActive(DataViewSchema.Column column) => _row.IsColumnActive(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => _row.GetGetter<TValue>(column);

        public override ValueGetter<DataViewRowId> GetIdGetter() => _input.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                _row.Dispose();
                _input.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
