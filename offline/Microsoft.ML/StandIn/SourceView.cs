// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A view whose rows come from elsewhere, one after another: give its schema and a cursor.</summary>
internal abstract class SourceView : IDataView
{
    protected SourceView(DataViewSchema schema) => Schema = schema;

    public virtual bool CanShuffle => false;

    public DataViewSchema Schema { get; }

    public abstract long? GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
        => MakeCursor(ActiveColumns.Of(Schema, columnsNeeded), rand);

    public virtual DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
        => [GetRowCursor(columnsNeeded, rand)];

    /// <summary>A cursor over the rows; <paramref name="rand"/> is null unless the view can shuffle and was asked to.</summary>
    protected abstract DataViewRowCursor MakeCursor(bool[] active, Random rand);
}
