// SPDX-License-Identifier: MIT
using System.IO.Compression;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Microsoft.ML.StandIn;

/// <summary>How state is written: a JSON document named as the real packages name their binary one.</summary>
internal static class ModelFormat
{
    internal const string StateEntry = "Model.key";
    internal const string SchemaEntry = "Schema";
    internal const string TransformerFolder = "TransformerChain";
    internal const string VersionEntry = "TrainingInfo/Version.txt";

    internal static JsonSerializerOptions Options { get; } = new()
    {
        NumberHandling = JsonNumberHandling.AllowNamedFloatingPointLiterals,
        IncludeFields = true,
    };

    internal static void Write(Stream stream, JsonNode document) => JsonSerializer.Serialize(stream, document, Options);

    internal static JsonObject Read(ZipArchiveEntry entry)
    {
        using Stream stream = entry.Open();
        try
        {
            return JsonNode.Parse(stream) as JsonObject ?? throw new FormatException($"'{entry.FullName}' is not a state of this model format");
        }
        catch (JsonException exception)
        {
            throw new FormatException($"'{entry.FullName}' is not a state of this model format (a model saved by the real Microsoft.ML does not load here)", exception);
        }
    }

    /// <summary>A value as JSON; NaN and infinities too.</summary>
    internal static JsonNode ToJson<T>(T value) => JsonSerializer.SerializeToNode(value, Options);

    /// <summary>The value of <see cref="ToJson"/>.</summary>
    internal static T FromJson<T>(JsonNode node) => node.Deserialize<T>(Options);
}
