// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A view that keeps what it has read.</summary>
internal sealed class CacheView : IDataView
{
    private readonly IDataView _input;

    internal CacheView(IDataView input, IReadOnlyList<string> columnsToPrefetch) => _input = input;

    public bool CanShuffle => _input.CanShuffle;

    public DataViewSchema Schema => _input.Schema;

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null) => _input.GetRowCursor(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => _input.GetRowCursorSet(columnsNeeded, n, rand);
}
