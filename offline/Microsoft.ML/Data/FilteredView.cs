// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>Those rows of a view that a test keeps; the test may read columns of its own.</summary>
internal sealed class FilteredView : IDataView
{
    private readonly IDataView _input;
    private readonly DataViewSchema.Column[] _read;
    private readonly Func<DataViewRow, Func<bool>> _test;

    /// <summary><paramref name="test"/> makes, for a cursor, what says of the current row whether it is kept.</summary>
    internal FilteredView(IDataView input, bool canShuffle, IEnumerable<DataViewSchema.Column> read, Func<DataViewRow, Func<bool>> test)
    {
        _input = input;
        CanShuffle = canShuffle;
        _read = [.. read];
        _test = test;
    }

    public bool CanShuffle { get; }

    public DataViewSchema Schema => _input.Schema;

    public long? GetRowCount() => null;

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = ActiveColumns.Of(Schema, columnsNeeded);
        DataViewRowCursor input = _input.GetRowCursor(ActiveColumns.Columns(Schema, active).Union(_read), CanShuffle ? rand : null);
        Func<bool> keep = _test(input);
        return new PassingCursor(input, active, () =>
        {
            while (input.MoveNext())
            {
                if (keep())
                {
                    return true;
                }
            }

            return false;
        });
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null) => [GetRowCursor(columnsNeeded, rand)];
}
