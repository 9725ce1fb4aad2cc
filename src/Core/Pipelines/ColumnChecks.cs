// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>What trainers need of their columns, asked of a promised or a delivered schema in the same words.</summary>
public sealed class ColumnChecks
{
    private readonly Func<string, string, FoundColumn> _find;

    private ColumnChecks(Func<string, string, FoundColumn> find) => _find = find;

    /// <summary>Checks of a promise, for <c>GetOutputSchema</c>.</summary>
    public static ColumnChecks Of(SchemaShape schema) => new((name, need) => FoundColumn.In(schema, name, need));

    /// <summary>Checks of a schema that is there, for <c>Fit</c> and for transformers.</summary>
    public static ColumnChecks Of(DataViewSchema schema) => new((name, need) => FoundColumn.In(schema, name, need));

    /// <summary>A vector of Single with a fixed length.</summary>
    public FoundColumn Features(string name) => Need(
        name, "holds the features", c => c.IsVector && c.Length != 0 && c.ItemType.Equals(NumberDataViewType.Single),
        "a Vector<Single> of a fixed length", "Make one with Concatenate or ConvertType.");

    /// <summary>A boolean label.</summary>
    public FoundColumn BinaryLabel(string name) => Need(
        name, "holds the label", c => !c.IsVector && c.ItemType is BooleanDataViewType, "Boolean", "Convert it with Conversion.ConvertType or MapValue.");

    /// <summary>A key label.</summary>
    public FoundColumn ClassLabel(string name) => Need(
        name, "holds the label", c => !c.IsVector && c.IsKey && c.ItemType.RawType == typeof(uint), "a key (UInt32)", "Map its values with Conversion.MapValueToKey.");

    /// <summary>A label that is a number.</summary>
    public FoundColumn NumberLabel(string name) => Need(
        name, "holds the label", IsSingle, "Single", "Convert it with Conversion.ConvertType.");

    /// <summary>The weight of a row; null where rows have none.</summary>
    public FoundColumn? Weight(string? name) => name is null ? null : Need(
        name, "holds the weight", IsSingle, "Single", "Convert it with Conversion.ConvertType, or train without weights.");

    /// <summary>The group of a row; null where rows have none.</summary>
    public FoundColumn? Group(string? name) => name is null ? null : Need(
        name, "holds the group", c => !c.IsVector && c.IsKey, "a key", "Map its values with Conversion.MapValueToKey.");

    private static bool IsSingle(FoundColumn column) => !column.IsVector && !column.IsKey && column.ItemType.Equals(NumberDataViewType.Single);

    private FoundColumn Need(string name, string need, Func<FoundColumn, bool> fits, string wanted, string advice)
    {
        var column = _find(name, need);
        return fits(column) ? column : throw new ArgumentException($"Column '{name}', which {need}, is {column}; it must be {wanted}. {advice}");
    }
}
