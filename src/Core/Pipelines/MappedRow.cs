// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>The getters of one row with a mapper's columns added, scored by itself when its position changed since the last look.</summary>
internal sealed class MappedRow : IDisposable
{
    private readonly DataViewRow _input;
    private readonly MappedSchema _schema;
    private readonly bool[] _active;
    private readonly IBatchScorer? _scorer;
    private readonly RowBatch? _batch;
    private readonly Delegate?[] _getters;

    public MappedRow(DataViewRow input, MappedSchema schema, bool[] active)
    {
        _input = input;
        _schema = schema;
        _active = active;
        _getters = new Delegate?[schema.Output.Count];
        if (schema.NeedsScores(active))
        {
            _scorer = schema.Mapper.CreateScorer(input, schema.ActiveOutputs(active), 1);
            _batch = new RowBatch(_scorer, input);
        }
    }

    public bool IsColumnActive(DataViewSchema.Column column) => _active[_schema.IndexOf(column)];

    public ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        int index = _schema.IndexOf(column);
        if (!_active[index])
        {
            throw new InvalidOperationException($"Column '{column.Name}' is not active in this row. Ask for it when the row is made.");
        }
        if (_schema.IsInput(index))
        {
            return _input.GetGetter<TValue>(_schema.Input[index]);
        }
        _getters[index] ??= _scorer!.CreateGetter(_schema.OutputOf(index), _batch!);
        return _getters[index] as ValueGetter<TValue> ?? throw WrongType.Of<TValue>(column);
    }

    public void Dispose() => _scorer?.Dispose();
}
