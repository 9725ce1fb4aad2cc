// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>
/// What a row-mapping transformer of the stand-in is made of: bound to an input schema it says which columns it adds, which input
/// columns each of them reads, and makes their getters for a row. Immutable, so that cursors on several threads may share it;
/// whatever changes from row to row lives in the getters.
/// </summary>
internal abstract class RowMapper : IRowToRowMapper
{
    /// <summary>A mapper that adds columns behind those of the input; see <see cref="ColumnBindings.Add"/>.</summary>
    protected RowMapper(DataViewSchema inputSchema, params IReadOnlyList<DataViewSchema.DetachedColumn> added)
        : this(ColumnBindings.Add(inputSchema, added))
    {
    }

    /// <summary>A mapper with an output schema of its own making.</summary>
    protected RowMapper(ColumnBindings bindings) => Bindings = bindings;

    internal ColumnBindings Bindings { get; }

    public DataViewSchema InputSchema => Bindings.Input;

    public DataViewSchema OutputSchema => Bindings.Output;

    /// <summary>The indices of the input columns that the added column of this number reads.</summary>
    protected internal abstract IEnumerable<int> InputsOf(int added);

    /// <summary>A new getter, a <see cref="ValueGetter{TValue}"/> of the column's raw type, for the added column of this number.</summary>
    protected internal abstract Delegate MakeGetter(DataViewRow input, int added);

    /// <summary>
    /// The getters of all added columns that are active, null for the others. Override it where added columns share a computation,
    /// or where something is to be disposed together with the row.
    /// </summary>
    protected internal virtual Delegate[] MakeGetters(DataViewRow input, bool[] activeAdded, out IDisposable disposable)
    {
        disposable = null;
        return [.. activeAdded.Select((active, added) => active ? MakeGetter(input, added) : null)];
    }

    public IEnumerable<DataViewSchema.Column> GetDependencies(IEnumerable<DataViewSchema.Column> dependingColumns)
    {
        ArgumentNullException.ThrowIfNull(dependingColumns);
        return ActiveColumns.Columns(InputSchema, Needed(ActiveColumns.Of(OutputSchema, dependingColumns)));
    }

    public DataViewRow GetRow(DataViewRow input, IEnumerable<DataViewSchema.Column> activeColumns)
    {
        ArgumentNullException.ThrowIfNull(input);
        ArgumentNullException.ThrowIfNull(activeColumns);
        return new MappedRow(this, input, ActiveColumns.Of(OutputSchema, activeColumns));
    }

    /// <summary>Which input columns are needed for these output columns.</summary>
    internal bool[] Needed(bool[] activeOutput)
    {
        bool[] needed = new bool[InputSchema.Count];
        for (int i = 0; i < activeOutput.Length; i++)
        {
            if (!activeOutput[i])
            {
                continue;
            }

            int source = Bindings.SourceOf(i);
            foreach (int index in source >= 0 ? [source] : InputsOf(~source))
            {
                needed[index] = true;
            }
        }

        return needed;
    }
}
