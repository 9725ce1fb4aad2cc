// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>A view with the columns that a mapper adds, computed when a cursor asks for them.</summary>
internal sealed class MappedView : IDataView
{
    private readonly IDataView _input;
    private readonly RowMapper _mapper;

    internal MappedView(IDataView input, RowMapper mapper)
    {
        _input = input;
        _mapper = mapper;
    }

    public bool CanShuffle => _input.CanShuffle;

    public DataViewSchema Schema => _mapper.OutputSchema;

    public long? GetRowCount() => _input.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random rand = null)
    {
        bool[] active = ActiveColumns.Of(Schema, columnsNeeded);
        DataViewRowCursor cursor = PlainCursor(active, rand);
        return Array.Exists(_mapper.Bindings.PlaceOfAdded, place => active[place]) ? new ConsolidatedCursor(cursor, active) : cursor;
    }

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random rand = null)
    {
        bool[] active = ActiveColumns.Of(Schema, columnsNeeded);
        return [.. _input.GetRowCursorSet(InputsFor(active), n, rand).Select(cursor => new MappedCursor(_mapper, cursor, active))];
    }

    private MappedCursor PlainCursor(bool[] active, Random rand)
    {
        bool[] needed = _mapper.Needed(active);
        DataViewRowCursor input = _input is MappedView mapped ? mapped.PlainCursor(needed, rand) : _input.GetRowCursor(InputsFor(active), rand);
        return new MappedCursor(_mapper, input, active);
    }

    private IEnumerable<DataViewSchema.Column> InputsFor(bool[] active) => ActiveColumns.Columns(_input.Schema, _mapper.Needed(active));
}
