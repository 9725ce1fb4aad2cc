// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A table from values of one type to values, vectors or keys.</summary>
internal abstract class ValueMap
{
    private protected ValueMap(PrimitiveDataViewType keyType, DataViewType valueType, string[] keyTexts)
    {
        KeyType = keyType;
        ValueType = valueType;
        KeyTexts = keyTexts;
    }

    /// <summary>The type of what is looked up.</summary>
    internal PrimitiveDataViewType KeyType { get; }

    /// <summary>The type of what is found.</summary>
    internal DataViewType ValueType { get; }

    /// <summary>Where values are keys: what each stands for.</summary>
    internal string[] KeyTexts { get; }

    /// <summary>The type of the column that is made of a column of this type.</summary>
    internal DataViewType OutputOf(DataViewType input)
    {
        if (input is not VectorDataViewType)
        {
            return ValueType;
        }

        PrimitiveDataViewType item = ValueType is KeyDataViewType key ? ItemTypes.Of(ItemTypes.KindOf(key.RawType)) : InputColumns.ItemOf(ValueType);
        return new VectorDataViewType(item);
    }

    internal abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column source);

    internal abstract JsonObject ToJson();

    internal static ValueMap FromJson(JsonObject state)
    {
        PrimitiveDataViewType key = ItemTypes.FromJson(state["KeyType"]), item = ItemTypes.FromJson(state["ItemType"]);
        DataViewType value = state["Size"] is { } size ? new VectorDataViewType(item, (int)size) : item;
        string[] texts = state["KeyTexts"] is { } names ? ModelFormat.FromJson<string[]>(names) : null;
        return RowGetters.Call<ValueMap>(typeof(ValueMap), null, nameof(Restore), [key.RawType, value.RawType, item.RawType], key, value, texts, state);
    }

    private static ValueMap Restore<TKey, TValue, TItem>(PrimitiveDataViewType keyType, DataViewType valueType, string[] keyTexts, JsonObject state)
    {
        TKey[] keys = JsonItems.Read<TKey>(state["Keys"]);
        TValue[] values = valueType is VectorDataViewType
            ? [.. ((JsonArray)state["Values"]).Select(v => JsonItems.Read<TItem>(v)).Select(v => (TValue)(object)new VBuffer<TItem>(v.Length, v))]
            : JsonItems.Read<TValue>(state["Values"]);
        return new ValueMap<TKey, TValue>(keyType, valueType, keyTexts, [.. keys.Zip(values, KeyValuePair.Create)]);
    }
}
