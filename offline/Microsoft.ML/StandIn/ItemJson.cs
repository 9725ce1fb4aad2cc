// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Primitive values as JSON; text as a string, a row's identity as two numbers.</summary>
internal static class ItemJson<T>
{
    internal static JsonNode Write(T value) => value switch
    {
        ReadOnlyMemory<char> text => JsonValue.Create(text.ToString()),
        DataViewRowId id => new JsonArray(id.Low, id.High),
        _ => ModelFormat.ToJson(value),
    };

    internal static T Read(JsonNode node)
    {
        object value = typeof(T) == typeof(ReadOnlyMemory<char>) ? ((string)node).AsMemory()
            : typeof(T) == typeof(DataViewRowId) ? new DataViewRowId((ulong)node[0], (ulong)node[1])
            : ModelFormat.FromJson<T>(node);
        return (T)value;
    }
}
