// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;

namespace Microsoft.ML.StandIn;

/// <summary>Pairs of columns in a saved model.</summary>
internal static class ColumnPairs
{
    internal static JsonNode ToJson(IEnumerable<InputOutputColumnPair> pairs)
        => ModelFormat.ToJson(pairs.Select(p => new[] { p.OutputColumnName, p.InputColumnName }).ToArray());

    internal static InputOutputColumnPair[] FromJson(JsonNode node)
        => [.. ModelFormat.FromJson<string[][]>(node).Select(p => new InputOutputColumnPair(p[0], p[1]))];
}
