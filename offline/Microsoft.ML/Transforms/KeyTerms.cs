// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Values, and the key of each.</summary>
internal abstract class KeyTerms
{
    private protected KeyTerms(PrimitiveDataViewType itemType) => ItemType = itemType;

    internal PrimitiveDataViewType ItemType { get; }

    internal abstract int Count { get; }

    internal KeyDataViewType KeyType => new(typeof(uint), Math.Max(1, Count));

    internal static KeyTerms Create(PrimitiveDataViewType itemType)
        => RowGetters.Call<KeyTerms>(typeof(KeyTerms), null, nameof(New), [itemType.RawType], itemType);

    /// <summary>An action that takes in the values of the row, up to a number of different ones.</summary>
    internal abstract Action Reader(DataViewRow row, DataViewSchema.Column column, int largestCount);

    internal abstract void Sort();

    internal abstract Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column);

    /// <summary>Adds the values as annotation: as they are, as texts, or where they are keys with values of their own, as those.</summary>
    internal abstract void AddKeyValues(DataViewSchema.Annotations.Builder builder, bool asText, DataViewSchema.Column source);

    internal abstract JsonNode ToJson();

    internal static KeyTerms FromJson(PrimitiveDataViewType itemType, JsonNode values)
    {
        KeyTerms terms = Create(itemType);
        terms.Restore(values);
        return terms;
    }

    private protected abstract void Restore(JsonNode values);

    private static KeyTerms<T> New<T>(PrimitiveDataViewType itemType) => new(itemType);
}
