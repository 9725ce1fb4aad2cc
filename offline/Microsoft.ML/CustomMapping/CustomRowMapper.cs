// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Calls the user's function once for each row of which one of its columns is asked for.</summary>
internal sealed class CustomRowMapper<TSrc, TDst> : RowMapper
    where TSrc : class, new()
    where TDst : class, new()
{
    private readonly Action<TSrc, TDst> _mapAction;
    private readonly RowTarget<TSrc> _source;
    private readonly RowMember[] _added;

    internal CustomRowMapper(DataViewSchema inputSchema, Action<TSrc, TDst> mapAction, SchemaDefinition inputDefinition, RowMember[] added)
        : base(inputSchema, [.. added.Select(m => new DataViewSchema.DetachedColumn(m.ColumnName, m.ColumnType, m.Annotations))])
    {
        _mapAction = mapAction;
        _added = added;
        _source = new RowTarget<TSrc>(inputSchema, inputDefinition, ignoreMissingColumns: false);
    }

    protected internal override IEnumerable<int> InputsOf(int added) => _source.Columns.Select(c => c.Index);

    protected internal override Delegate MakeGetter(DataViewRow input, int added) => RowSource<TDst>.Getter(_added[added], Computed(input));

    protected internal override Delegate[] MakeGetters(DataViewRow input, bool[] activeAdded, out IDisposable disposable)
    {
        disposable = null;
        Func<TDst> computed = Array.IndexOf(activeAdded, true) >= 0 ? Computed(input) : null;
        return [.. activeAdded.Select((active, added) => active ? RowSource<TDst>.Getter(_added[added], computed) : null)];
    }

    private Func<TDst> Computed(DataViewRow input)
    {
        Action<TSrc> fill = _source.Filler(input);
        var source = new TSrc();
        var destination = new TDst();
        long position = -1;
        return () =>
        {
            if (input.Position != position)
            {
                fill(source);
                _mapAction(source, destination);
                position = input.Position;
            }

            return destination;
        };
    }
}
