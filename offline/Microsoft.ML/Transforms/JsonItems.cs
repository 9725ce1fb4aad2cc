// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;

namespace Microsoft.ML.StandIn;

/// <summary>Arrays of a column's values in a saved model.</summary>
internal static class JsonItems
{
    internal static JsonNode Write<T>(IEnumerable<T> values)
        => values is IEnumerable<ReadOnlyMemory<char>> texts ? ModelFormat.ToJson(texts.Select(t => t.ToString()).ToArray()) : ModelFormat.ToJson(values.ToArray());

    internal static T[] Read<T>(JsonNode node)
        => typeof(T) == typeof(ReadOnlyMemory<char>)
            ? (T[])(object)ModelFormat.FromJson<string[]>(node).Select(t => t.AsMemory()).ToArray()
            : ModelFormat.FromJson<T[]>(node);
}
