// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A run of the rows of a view.</summary>
internal sealed class SkipTakeView : IDataView
{
    private readonly IDataView _input;
    private readonly long _skip;
    private readonly long _take;

    internal SkipTakeView(IDataView input, long skip, long take)
    {
        _input = input;
        _skip = skip;
        _take = take;
    }

    public bool CanShuffle => false;

    public DataViewSchema Schema => _input.Schema;

    public long? GetRowCount() => _input.GetRowCount() is { } count ? Math.Min(Math.Max(0, count - _skip), _take) : null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = ActiveColumns.Of(Schema, columnsNeeded);
        DataViewRowCursor input = _input.GetRowCursor(ActiveColumns.Columns(Schema, active));
        long toSkip = _skip, left = _take;
        return new PassingCursor(input, active, () =>
        {
            for (; toSkip > 0; toSkip--)
            {
                if (!input.MoveNext())
                {
                    return false;
                }
            }

            return left-- > 0 && input.MoveNext();
        });
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
