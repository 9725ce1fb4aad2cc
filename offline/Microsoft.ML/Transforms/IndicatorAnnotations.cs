// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>What is known of an indicator or count vector from the keys that it is made of.</summary>
internal static class IndicatorAnnotations
{
    internal static DataViewSchema.Annotations Of(DataViewSchema.Column source, VectorDataViewType type, int size, bool counts)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        var vector = source.Type as VectorDataViewType;
        if (type.IsKnownSize)
        {
            AddNames(builder, source, counts ? null : vector, type);
            if (!counts)
            {
                int groups = vector?.Size ?? 1;
                ConcatenatedAnnotations.AddRanges(builder, [.. Enumerable.Range(0, groups).SelectMany(g => new[] { g * size, (g * size) + size - 1 })]);
            }
        }

        if (!counts || vector is null)
        {
            SlotNames.AddTrue(builder);
        }

        return builder.ToAnnotations();
    }

    private static void AddNames(DataViewSchema.Annotations.Builder builder, DataViewSchema.Column source, VectorDataViewType keys, VectorDataViewType type)
    {
        if (!source.HasKeyValues(TextDataViewType.Instance))
        {
            return;
        }

        VBuffer<ReadOnlyMemory<char>> values = default;
        source.GetKeyValues(ref values);
        string[] names = [.. values.DenseValues().Select(v => v.ToString())];
        if (keys is not null)
        {
            string[] slots = SlotNames.Of(source) ?? [.. Enumerable.Range(0, keys.Size).Select(i => $"[{i}]")];
            names = [.. slots.SelectMany(slot => names.Select(name => slot + "." + name))];
        }

        SlotNames.Add(builder, names, new VectorDataViewType(TextDataViewType.Instance, type.Dimensions));
    }
}
