// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

internal sealed class ValueMap<TKey, TValue> : ValueMap
{
    private readonly Dictionary<TKey, TValue> _values;

    internal ValueMap(PrimitiveDataViewType keyType, DataViewType valueType, string[] keyTexts, IReadOnlyList<KeyValuePair<TKey, TValue>> pairs)
        : base(keyType, valueType, keyTexts)
    {
        _values = new Dictionary<TKey, TValue>(pairs.Count, ItemKinds.Equality<TKey>());
        foreach (KeyValuePair<TKey, TValue> pair in pairs)
        {
            if (!_values.TryAdd(pair.Key, pair.Value))
            {
                throw new InvalidOperationException($"Duplicate keys in data '{pair.Key}'");
            }
        }
    }

    internal override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source)
        => source.Type is VectorDataViewType
            ? ItemMapping.MakeGetter<TKey, TValue>(row, source, Find, compact: false)
            : ValueType is VectorDataViewType vector
                ? RowGetters.Call<Delegate>(typeof(ValueMap<TKey, TValue>), this, nameof(VectorGetter), [vector.ItemType.RawType], row, source)
                : ItemMapping.MakeGetter<TKey, TValue>(row, source, Find, compact: false);

    internal override JsonObject ToJson()
    {
        var state = new JsonObject
        {
            ["KeyType"] = ItemTypes.ToJson(KeyType),
            ["ItemType"] = ItemTypes.ToJson(InputColumns.ItemOf(ValueType)),
            ["Size"] = ValueType is VectorDataViewType vector ? vector.Size : null,
            ["KeyTexts"] = KeyTexts is null ? null : ModelFormat.ToJson(KeyTexts),
            ["Keys"] = JsonItems.Write(_values.Keys),
        };
        state["Values"] = ValueType is VectorDataViewType vectors
            ? RowGetters.Call<JsonNode>(typeof(ValueMap<TKey, TValue>), this, nameof(VectorsToJson), [vectors.ItemType.RawType])
            : JsonItems.Write(_values.Values);
        return state;
    }

    private TValue Find(TKey key) => _values.TryGetValue(key, out TValue value) ? value : default;

    private ValueGetter<VBuffer<TItem>> VectorGetter<TItem>(DataViewRow row, DataViewSchema.Column source)
    {
        var table = (Dictionary<TKey, VBuffer<TItem>>)(object)_values;
        ValueGetter<TKey> getter = row.GetGetter<TKey>(source);
        TKey key = default;
        return (ref VBuffer<TItem> destination) =>
        {
            getter(ref key);
            table.GetValueOrDefault(key).CopyTo(ref destination);
        };
    }

    private JsonNode VectorsToJson<TItem>()
        => new JsonArray([.. ((Dictionary<TKey, VBuffer<TItem>>)(object)_values).Values.Select(v => JsonItems.Write(v.DenseValues()))]);
}
