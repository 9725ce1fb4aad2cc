// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>What is known of a concatenated vector from its parts.</summary>
internal static class ConcatenatedAnnotations
{
    internal static DataViewSchema.Annotations Of(IReadOnlyList<DataViewSchema.Column> sources, bool variableSize)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (sources.All(s => s.IsNormalized()))
        {
            SlotNames.AddTrue(builder);
        }

        if (!variableSize)
        {
            AddNames(builder, sources);
            AddRanges(builder, sources);
        }

        return builder.ToAnnotations();
    }

    private static void AddNames(DataViewSchema.Annotations.Builder builder, IReadOnlyList<DataViewSchema.Column> sources)
    {
        var names = new List<string>();
        foreach (DataViewSchema.Column source in sources)
        {
            if (source.Type is not VectorDataViewType vector)
            {
                names.Add(source.Name);
            }
            else
            {
                names.AddRange(SlotNames.Of(source)?.Select(n => n.Length == 0 ? "" : source.Name + "." + n) ?? Enumerable.Repeat("", vector.Size));
            }
        }

        if (names.Any(n => n.Length > 0))
        {
            SlotNames.Add(builder, names);
        }
    }

    private static void AddRanges(DataViewSchema.Annotations.Builder builder, IReadOnlyList<DataViewSchema.Column> sources)
    {
        var ranges = new List<int>();
        int offset = 0;
        foreach (DataViewSchema.Column source in sources)
        {
            if (source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.CategoricalSlotRanges) is not null)
            {
                VBuffer<int> own = default;
                source.Annotations.GetValue(AnnotationKinds.CategoricalSlotRanges, ref own);
                ranges.AddRange(own.DenseValues().Select(i => i + offset));
            }

            offset += source.Type is VectorDataViewType vector ? vector.Size : 1;
        }

        if (ranges.Count > 0)
        {
            AddRanges(builder, [.. ranges]);
        }
    }

    internal static void AddRanges(DataViewSchema.Annotations.Builder builder, int[] ranges)
    {
        var value = new VBuffer<int>(ranges.Length, ranges);
        builder.Add(
            AnnotationKinds.CategoricalSlotRanges,
            new VectorDataViewType(NumberDataViewType.Int32, ranges.Length / 2, 2),
            (ref VBuffer<int> destination) => value.CopyTo(ref destination));
    }
}
