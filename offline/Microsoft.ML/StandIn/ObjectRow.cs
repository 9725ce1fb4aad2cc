// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>An object as a row, all of whose columns are active.</summary>
internal sealed class ObjectRow<TRow> : DataViewRow
    where TRow : class
{
    private readonly RowMember[] _members;
    private long _position = -1;
    private TRow _current;

    internal ObjectRow(SchemaDefinition definition)
    {
        _members = RowMember.Of(typeof(TRow), definition ?? SchemaDefinition.Create(typeof(TRow), SchemaDefinition.Direction.Read));
        Schema = EnumerableView<TRow>.SchemaOf(_members);
    }

    public override long Position => _position;

    public override long Batch => 0;

    public override DataViewSchema Schema { get; }

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
    {
        if ((uint)column.Index >= (uint)_members.Length)
        {
            throw new ArgumentOutOfRangeException(nameof(column), "requested column not active");
        }

        return ActiveColumns.Typed<TValue>(RowSource<TRow>.Getter(_members[column.Index], () => _current), column);
    }

    public override ValueGetter<DataViewRowId> GetIdGetter() => (ref DataViewRowId id) => id = new DataViewRowId((ulong)_position, 0);

    public override bool IsColumnActive(DataViewSchema.Column column)
        => (uint)column.Index < (uint)_members.Length ? true : throw new InvalidOperationException($"Column index must be between 0 and {_members.Length}");

    internal void Set(TRow row)
    {
        _current = row;
        _position++;
    }
}
