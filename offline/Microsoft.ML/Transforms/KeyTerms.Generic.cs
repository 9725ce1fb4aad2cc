// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

internal sealed class KeyTerms<T> : KeyTerms
{
    private readonly Dictionary<T, uint> _keys = new(ItemKinds.Equality<T>());
    private readonly List<T> _values = [];
    private readonly Func<T, bool> _missing;

    internal KeyTerms(PrimitiveDataViewType itemType)
        : base(itemType) => _missing = ItemKinds.MissingOf<T>(itemType);

    internal override int Count => _values.Count;

    internal override Action Reader(DataViewRow row, DataViewSchema.Column column, int largestCount)
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> scalar = row.GetGetter<T>(column);
            T value = default;
            return () =>
            {
                scalar(ref value);
                Add(value, largestCount);
            };
        }

        ValueGetter<VBuffer<T>> vector = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        return () =>
        {
            vector(ref values);
            foreach (T value in values.DenseValues())
            {
                Add(value, largestCount);
            }
        };
    }

    internal override void Sort()
    {
        T[] sorted = [.. _values.Order(ItemKinds.Order<T>())];
        _values.Clear();
        _keys.Clear();
        foreach (T value in sorted)
        {
            Add(value, int.MaxValue);
        }
    }

    internal override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column) => ItemMapping.MakeGetter<T, uint>(row, column, KeyOf, compact: true);

    internal override void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText, DataViewSchema.Column source)
    {
        if (Count == 0)
        {
            return;
        }

        if (ItemType is KeyDataViewType && source.HasKeyValues())
        {
            var type = (VectorDataViewType)source.Annotations.Schema[AnnotationKinds.KeyValues].Type;
            RowGetters.Call<object>(typeof(KeyTerms<T>), this, nameof(AddValuesOfKeys), [type.ItemType.RawType], builder, type.ItemType, source);
        }
        else if (asText)
        {
            Func<T, ReadOnlyMemory<char>> text = ItemConversions.ToText<T>();
            builder.AddVector(AnnotationKinds.KeyValues, TextDataViewType.Instance, [.. _values.Select(text)]);
        }
        else
        {
            builder.AddVector(AnnotationKinds.KeyValues, ItemType, [.. _values]);
        }
    }

    internal override JsonNode ToJson()
        => typeof(T) == typeof(ReadOnlyMemory<char>) ? ModelFormat.ToJson(_values.Select(v => v.ToString()).ToArray()) : ModelFormat.ToJson(_values);

    private protected override void Restore(JsonNode values)
    {
        IEnumerable<T> restored = typeof(T) == typeof(ReadOnlyMemory<char>)
            ? (IEnumerable<T>)(object)ModelFormat.FromJson<string[]>(values).Select(v => v.AsMemory()).ToArray()
            : ModelFormat.FromJson<List<T>>(values);
        foreach (T value in restored)
        {
            Add(value, int.MaxValue);
        }
    }

    private object AddValuesOfKeys<TValue>(DataViewSchema.Annotations.Builder builder, PrimitiveDataViewType type, DataViewSchema.Column source)
    {
        VBuffer<TValue> all = default;
        source.GetKeyValues(ref all);
        builder.AddVector(AnnotationKinds.KeyValues, type, [.. _values.Select(key => all.GetItemOrDefault((int)Convert.ToUInt64(key, null) - 1))]);
        return null;
    }

    private void Add(T value, int largestCount)
    {
        if (_values.Count < largestCount && (_missing is null || !_missing(value)) && _keys.TryAdd(value, (uint)_values.Count + 1))
        {
            _values.Add(typeof(T) == typeof(ReadOnlyMemory<char>) ? Own(value) : value);
        }
    }

    // The characters may belong to a line of a file that is read on.
    private static T Own(T value) => (T)(object)((ReadOnlyMemory<char>)(object)value).ToString().AsMemory();

    private uint KeyOf(T value) => (_missing is null || !_missing(value)) && _keys.TryGetValue(value, out uint key) ? key : 0;
}
