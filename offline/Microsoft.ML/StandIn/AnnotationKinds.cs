// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The names of the annotations that have a fixed meaning, and short ways to add them.</summary>
internal static class AnnotationKinds
{
    internal const string SlotNames = "SlotNames";
    internal const string KeyValues = "KeyValues";
    internal const string IsNormalized = "IsNormalized";
    internal const string CategoricalSlotRanges = "CategoricalSlotRanges";

    /// <summary>The key count of a key column or of the items of a vector of keys; 0 for others.</summary>
    internal static ulong KeyCountOf(DataViewType type)
        => type is KeyDataViewType key ? key.Count : type is VectorDataViewType { ItemType: KeyDataViewType item } ? item.Count : 0;

    internal static void AddSlotNames(this DataViewSchema.Annotations.Builder builder, IReadOnlyList<string> names)
        => builder.AddTexts(SlotNames, names);

    internal static void AddKeyValues(this DataViewSchema.Annotations.Builder builder, IReadOnlyList<string> values)
        => builder.AddTexts(KeyValues, values);

    internal static void AddVector<T>(this DataViewSchema.Annotations.Builder builder, string kind, PrimitiveDataViewType itemType, T[] values)
    {
        var vector = new VBuffer<T>(values.Length, values);
        builder.Add(kind, new VectorDataViewType(itemType, values.Length), (ref VBuffer<T> value) => vector.CopyTo(ref value));
    }

    internal static void AddTexts(this DataViewSchema.Annotations.Builder builder, string kind, IReadOnlyList<string> texts)
        => builder.AddVector(kind, TextDataViewType.Instance, [.. texts.Select(t => t.AsMemory())]);
}
