// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>The values of a column of one raw type.</summary>
internal sealed class ColumnStore<T> : ColumnStore
{
    private readonly RawValues<T> _values;
    private T[] _items = new T[16];

    internal ColumnStore(RawValues<T> values) => _values = values;

    internal override Action<int> Writer(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return place =>
        {
            if (place >= _items.Length)
            {
                Array.Resize(ref _items, Math.Max(place + 1, _items.Length * 2));
            }

            getter(ref _items[place]);
        };
    }

    internal override Delegate Reader(Func<int> place) => (ValueGetter<T>)((ref T value) => _values.CopyTo(_items[place()], ref value));
}
