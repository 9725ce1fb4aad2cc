// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Primitive types by name in a saved model, by data kind and by .NET type.</summary>
internal static class ItemTypes
{
    internal static JsonNode ToJson(PrimitiveDataViewType type)
        => type is KeyDataViewType key ? new JsonArray(KindOf(key.RawType).ToString(), key.Count) : JsonValue.Create(KindOf(type.RawType).ToString());

    internal static PrimitiveDataViewType FromJson(JsonNode node)
        => node is JsonArray key ? new KeyDataViewType(Of(Enum.Parse<DataKind>((string)key[0])).RawType, (ulong)key[1]) : Of(Enum.Parse<DataKind>((string)node));

    internal static PrimitiveDataViewType Of(DataKind kind) => kind switch
    {
        DataKind.SByte => NumberDataViewType.SByte,
        DataKind.Byte => NumberDataViewType.Byte,
        DataKind.Int16 => NumberDataViewType.Int16,
        DataKind.UInt16 => NumberDataViewType.UInt16,
        DataKind.Int32 => NumberDataViewType.Int32,
        DataKind.UInt32 => NumberDataViewType.UInt32,
        DataKind.Int64 => NumberDataViewType.Int64,
        DataKind.UInt64 => NumberDataViewType.UInt64,
        DataKind.Single => NumberDataViewType.Single,
        DataKind.Double => NumberDataViewType.Double,
        DataKind.String => TextDataViewType.Instance,
        DataKind.Boolean => BooleanDataViewType.Instance,
        DataKind.TimeSpan => TimeSpanDataViewType.Instance,
        DataKind.DateTime => DateTimeDataViewType.Instance,
        DataKind.DateTimeOffset => DateTimeOffsetDataViewType.Instance,
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind of data."),
    };

    /// <summary>The kind of a raw type; text may be <see cref="string"/> too.</summary>
    internal static DataKind KindOf(Type type)
        => type == typeof(string) || type == typeof(ReadOnlyMemory<char>) ? DataKind.String
            : Enum.TryParse(type.Name, out DataKind kind) ? kind
            : throw new ArgumentOutOfRangeException(nameof(type), $"'{type}' is not a type of data.");
}
