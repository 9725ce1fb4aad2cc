// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>The annotation that names the slots of a vector column.</summary>
internal static class SlotNames
{
    public const string Kind = "SlotNames";

    public static DataViewSchema.Annotations? Annotate(IReadOnlyList<string>? names)
    {
        if (names is null)
        {
            return null;
        }
        VBuffer<ReadOnlyMemory<char>> texts = new(names.Count, [.. names.Select(name => name.AsMemory())]);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(Kind, new VectorDataViewType(TextDataViewType.Instance, names.Count), (ref VBuffer<ReadOnlyMemory<char>> target) => texts.CopyTo(ref target));
        return builder.ToAnnotations();
    }
}
