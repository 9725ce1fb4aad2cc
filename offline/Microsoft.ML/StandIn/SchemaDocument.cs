// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>A schema as JSON, annotations included.</summary>
internal static class SchemaDocument
{
    internal static JsonObject ToJson(DataViewSchema schema)
    {
        var columns = new JsonArray();
        foreach (DataViewSchema.Column column in schema)
        {
            columns.Add(new JsonObject { ["Name"] = column.Name, ["Type"] = ColumnTypes.ToJson(column.Type), ["Annotations"] = ToJson(column.Annotations) });
        }

        return new JsonObject { ["Columns"] = columns };
    }

    internal static DataViewSchema FromJson(JsonObject document)
    {
        var builder = new DataViewSchema.Builder();
        foreach (JsonNode column in document["Columns"].AsArray())
        {
            builder.AddColumn((string)column["Name"], ColumnTypes.FromJson(column["Type"]), AnnotationsFromJson(column["Annotations"].AsArray()));
        }

        return builder.ToSchema();
    }

    /// <summary>Annotations with their values.</summary>
    internal static JsonArray ToJson(DataViewSchema.Annotations annotations)
    {
        var result = new JsonArray();
        foreach (DataViewSchema.Column column in annotations.Schema)
        {
            result.Add(new JsonObject { ["Kind"] = column.Name, ["Type"] = ColumnTypes.ToJson(column.Type), ["Value"] = RawValues.For(column.Type).ToJson(annotations, column) });
        }

        return result;
    }

    internal static DataViewSchema.Annotations AnnotationsFromJson(JsonArray document)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        foreach (JsonNode node in document)
        {
            DataViewType type = ColumnTypes.FromJson(node["Type"]);
            RawValues.For(type).AddFromJson(builder, (string)node["Kind"], type, node["Value"]);
        }

        return builder.ToAnnotations();
    }
}
