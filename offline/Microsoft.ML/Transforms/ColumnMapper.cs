// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A mapper whose columns are computed each by itself.</summary>
internal sealed class ColumnMapper : RowMapper
{
    private readonly IReadOnlyList<ColumnMapping> _columns;

    internal ColumnMapper(DataViewSchema inputSchema, params IReadOnlyList<ColumnMapping> columns)
        : base(inputSchema, [.. columns.Select(c => c.Added)]) => _columns = columns;

    protected internal override IEnumerable<int> InputsOf(int added) => _columns[added].Sources.Select(c => c.Index);

    protected internal override Delegate MakeGetter(DataViewRow input, int added) => _columns[added].Make(input);
}
