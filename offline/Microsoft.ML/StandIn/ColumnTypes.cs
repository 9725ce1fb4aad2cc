// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>The primitive types by what hands them out, and types as JSON.</summary>
internal static class ColumnTypes
{
    private static readonly PrimitiveDataViewType[] Primitives =
    [
        NumberDataViewType.SByte, NumberDataViewType.Byte, NumberDataViewType.Int16, NumberDataViewType.UInt16, NumberDataViewType.Int32,
        NumberDataViewType.UInt32, NumberDataViewType.Int64, NumberDataViewType.UInt64, NumberDataViewType.Single, NumberDataViewType.Double,
        TextDataViewType.Instance, BooleanDataViewType.Instance, TimeSpanDataViewType.Instance, DateTimeDataViewType.Instance,
        DateTimeOffsetDataViewType.Instance, RowIdDataViewType.Instance,
    ];

    /// <summary>The primitive type with this raw type, or null.</summary>
    internal static PrimitiveDataViewType Primitive(Type rawType) => Array.Find(Primitives, p => p.RawType == rawType);

    /// <summary>The primitive type of this kind.</summary>
    internal static PrimitiveDataViewType Primitive(DataKind kind) => Array.Find(Primitives, p => p.ToString() == kind.ToString());

    internal static JsonNode ToJson(DataViewType type) => type switch
    {
        VectorDataViewType vector => new JsonObject { ["Item"] = ToJson(vector.ItemType), ["Dimensions"] = ModelFormat.ToJson(vector.Dimensions.ToArray()) },
        KeyDataViewType key => new JsonObject { ["Key"] = Primitive(key.RawType).ToString(), ["Count"] = key.Count },
        _ => JsonValue.Create(type.ToString()),
    };

    internal static DataViewType FromJson(JsonNode node)
    {
        if (node is not JsonObject document)
        {
            return Named((string)node);
        }

        return document["Item"] is { } item
            ? new VectorDataViewType((PrimitiveDataViewType)FromJson(item), ModelFormat.FromJson<int[]>(document["Dimensions"]))
            : new KeyDataViewType(Named((string)document["Key"]).RawType, (ulong)document["Count"]);
    }

    private static PrimitiveDataViewType Named(string name)
        => Array.Find(Primitives, p => p.ToString() == name) ?? throw new FormatException($"Unknown type '{name}' in the model");
}
