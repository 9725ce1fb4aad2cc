// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Makes tables of what a user gives: pairs, or two columns of a view.</summary>
internal static class ValueMaps
{
    internal static ValueMap OfPairs<TKey, TValue>(IEnumerable<KeyValuePair<TKey, TValue>> pairs, bool valuesAreKeys)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        return RowGetters.Call<ValueMap>(typeof(ValueMaps), null, nameof(Scalars), [RawOf<TKey>(), RawOf<TValue>()], Raw(pairs.Select(p => p.Key)), Raw(pairs.Select(p => p.Value)), valuesAreKeys);
    }

    internal static ValueMap OfArrays<TKey, TItem>(IEnumerable<KeyValuePair<TKey, TItem[]>> pairs)
    {
        ArgumentNullException.ThrowIfNull(pairs);
        Array[] values = [.. pairs.Select(p => Raw(p.Value))];
        return RowGetters.Call<ValueMap>(typeof(ValueMaps), null, nameof(Vectors), [RawOf<TKey>(), RawOf<TItem>()], Raw(pairs.Select(p => p.Key)), values);
    }

    internal static ValueMap OfView(IDataView data, DataViewSchema.Column key, DataViewSchema.Column value)
    {
        ArgumentNullException.ThrowIfNull(data);
        return RowGetters.Call<ValueMap>(typeof(ValueMaps), null, nameof(Rows), [key.Type.RawType, value.Type.RawType], data, key, value);
    }

    private static ValueMap Rows<TKey, TValue>(IDataView data, DataViewSchema.Column keyColumn, DataViewSchema.Column valueColumn)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([keyColumn, valueColumn]);
        ValueGetter<TKey> keys = cursor.GetGetter<TKey>(keyColumn);
        ValueGetter<TValue> values = cursor.GetGetter<TValue>(valueColumn);
        var pairs = new List<KeyValuePair<TKey, TValue>>();
        while (cursor.MoveNext())
        {
            TKey key = default;
            TValue value = default;
            keys(ref key);
            values(ref value);
            pairs.Add(new(key, value));
        }

        return new ValueMap<TKey, TValue>((PrimitiveDataViewType)keyColumn.Type, valueColumn.Type, null, pairs);
    }

    private static ValueMap Scalars<TKey, TValue>(TKey[] keys, TValue[] values, bool valuesAreKeys)
    {
        PrimitiveDataViewType keyType = TypeOf<TKey>();
        if (!valuesAreKeys)
        {
            return new ValueMap<TKey, TValue>(keyType, TypeOf<TValue>(), null, [.. keys.Zip(values, KeyValuePair.Create)]);
        }

        TValue[] distinct = [.. values.Distinct(ItemKinds.Equality<TValue>())];
        string[] texts = [.. distinct.Select(ItemConversions.ToText<TValue>()).Select(t => t.ToString())];
        var type = new KeyDataViewType(typeof(TValue) == typeof(ulong) ? typeof(ulong) : typeof(uint), Math.Max(1, distinct.Length));

        // As in the real packages, values that could be keys are taken as the keys themselves.
        if (typeof(TValue) == typeof(uint) || typeof(TValue) == typeof(ulong))
        {
            return new ValueMap<TKey, TValue>(keyType, type, texts, [.. keys.Zip(values, KeyValuePair.Create)]);
        }

        Dictionary<TValue, uint> numbers = distinct.Select((value, i) => (value, i)).ToDictionary(p => p.value, p => (uint)p.i + 1, ItemKinds.Equality<TValue>());
        return new ValueMap<TKey, uint>(keyType, type, texts, [.. keys.Zip(values, (key, value) => KeyValuePair.Create(key, numbers[value]))]);
    }

    private static ValueMap Vectors<TKey, TItem>(TKey[] keys, Array[] values)
    {
        int[] sizes = [.. values.Select(v => v.Length).Distinct()];
        var type = new VectorDataViewType(TypeOf<TItem>(), sizes.Length == 1 ? sizes[0] : 0);
        return new ValueMap<TKey, VBuffer<TItem>>(TypeOf<TKey>(), type, null, [.. keys.Zip(values, (key, v) => KeyValuePair.Create(key, new VBuffer<TItem>(v.Length, (TItem[])v)))]);
    }

    private static Array Raw<T>(IEnumerable<T> values)
        => values is IEnumerable<string> texts ? texts.Select(t => t.AsMemory()).ToArray() : values.ToArray();

    private static Type RawOf<T>() => typeof(T) == typeof(string) ? typeof(ReadOnlyMemory<char>) : typeof(T);

    private static PrimitiveDataViewType TypeOf<T>() => ItemTypes.Of(ItemTypes.KindOf(typeof(T)));
}
