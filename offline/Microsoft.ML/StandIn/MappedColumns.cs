// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>The columns of a mapped row or cursor: passed on from its input, or made by the mapper.</summary>
internal sealed class MappedColumns : IDisposable
{
    private readonly ColumnBindings _bindings;
    private readonly DataViewRow _input;
    private readonly bool[] _active;
    private readonly Delegate[] _added;
    private readonly IDisposable _disposable;

    internal MappedColumns(RowMapper mapper, DataViewRow input, bool[] activeOutput)
    {
        _bindings = mapper.Bindings;
        _input = input;
        _active = activeOutput;
        _added = mapper.MakeGetters(input, [.. _bindings.PlaceOfAdded.Select(place => activeOutput[place])], out _disposable);
    }

    internal ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if (!IsActive(column))
        {
            throw new InvalidOperationException();
        }

        int source = _bindings.SourceOf(column.Index);
        return source >= 0 ? _input.GetGetter<TValue>(_bindings.Input[source]) : ActiveColumns.Typed<TValue>(_added[~source], column);
    }

    internal bool IsActive(DataViewSchema.Column column) => ActiveColumns.IsActive(_active, column);

    public void Dispose() => _disposable?.Dispose();
}
