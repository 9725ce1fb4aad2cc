// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The names of a vector's elements, read and written.</summary>
internal static class SlotNames
{
    /// <summary>The names, or null where the column has none.</summary>
    internal static string[] Of(DataViewSchema.Column column)
    {
        if (!column.HasSlotNames())
        {
            return null;
        }

        VBuffer<ReadOnlyMemory<char>> names = default;
        column.GetSlotNames(ref names);
        return [.. names.DenseValues().Select(n => n.ToString())];
    }

    /// <summary>Adds names; where few of them are not empty the vector is sparse, as in the real packages.</summary>
    internal static void Add(DataViewSchema.Annotations.Builder builder, IReadOnlyList<string> names, VectorDataViewType type = null)
    {
        var writer = new VectorWriter<ReadOnlyMemory<char>>();
        writer.Reset(names.Count);
        for (int i = 0; i < names.Count; i++)
        {
            if (!string.IsNullOrEmpty(names[i]))
            {
                writer.Add(i, names[i].AsMemory());
            }
        }

        VBuffer<ReadOnlyMemory<char>> written = default;
        writer.WriteTo(ref written);
        builder.Add(
            AnnotationKinds.SlotNames,
            type ?? new VectorDataViewType(TextDataViewType.Instance, names.Count),
            (ref VBuffer<ReadOnlyMemory<char>> value) => written.CopyTo(ref value));
    }

    internal static bool IsSlotNames(string kind) => kind == AnnotationKinds.SlotNames;

    internal static void AddTrue(DataViewSchema.Annotations.Builder builder)
        => builder.AddPrimitiveValue(AnnotationKinds.IsNormalized, BooleanDataViewType.Instance, true);
}
