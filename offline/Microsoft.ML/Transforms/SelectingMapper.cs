// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A mapper that adds nothing and passes on some columns.</summary>
internal sealed class SelectingMapper : RowMapper
{
    internal SelectingMapper(DataViewSchema inputSchema, IReadOnlyList<int> kept)
        : base(ColumnBindings.Select(inputSchema, kept))
    {
    }

    protected internal override IEnumerable<int> InputsOf(int added) => throw new InvalidOperationException("No column is added.");

    protected internal override Delegate MakeGetter(DataViewRow input, int added) => throw new InvalidOperationException("No column is added.");
}
