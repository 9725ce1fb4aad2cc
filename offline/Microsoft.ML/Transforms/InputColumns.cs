// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Finds the columns that a transformer reads, with the real packages' words where one is absent or of the wrong type.</summary>
internal static class InputColumns
{
    internal static DataViewSchema.Column Required(this DataViewSchema schema, string name, string parameter = "inputSchema")
        => schema.GetColumnOrNull(name) ?? throw Absent(name, parameter);

    internal static SchemaShape.Column Required(this SchemaShape shape, string name)
        => shape.TryFindColumn(name, out SchemaShape.Column column) ? column : throw Absent(name, "inputSchema");

    internal static ArgumentOutOfRangeException Mismatch(string name, string expected, string found)
        => new("inputSchema", $"Schema mismatch for input column '{name}': expected {expected}, got {found}");

    internal static PrimitiveDataViewType ItemOf(DataViewType type) => type is VectorDataViewType vector ? vector.ItemType : (PrimitiveDataViewType)type;

    /// <summary>The same shape, scalar or of these dimensions, with other items.</summary>
    internal static DataViewType WithItems(DataViewType type, PrimitiveDataViewType item)
        => type is VectorDataViewType vector ? new VectorDataViewType(item, vector.Dimensions) : item;

    internal static InputOutputColumnPair[] Pair(string outputColumnName, string inputColumnName)
        => string.IsNullOrWhiteSpace(outputColumnName)
            ? throw new ArgumentOutOfRangeException(nameof(outputColumnName), "outputColumnName cannot be null or white space")
            : [new InputOutputColumnPair(outputColumnName, inputColumnName)];

    internal static InputOutputColumnPair[] Pairs(InputOutputColumnPair[] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        return columns;
    }

    private static ArgumentOutOfRangeException Absent(string name, string parameter) => new(parameter, $"Could not find input column '{name}'");
}
