// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>What a promised or a delivered schema says of a column, in one form, so that both are checked by the same words.</summary>
/// <param name="Name">The column's name.</param>
/// <param name="ItemType">The type of its items; for a key the type of its raw value.</param>
/// <param name="IsKey">True for keys.</param>
/// <param name="IsVector">True for vectors.</param>
/// <param name="Length">How many items: 1 for a scalar, 0 for a vector of varying length, null where a promise leaves it open.</param>
public readonly record struct FoundColumn(string Name, DataViewType ItemType, bool IsKey, bool IsVector, int? Length)
{
    /// <summary>The column of a promised schema.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static FoundColumn In(SchemaShape schema, string name, string need)
    {
        var column = SchemaShapes.Find(schema, name) ?? throw Missing(name, need, schema.Select(c => c.Name));
        int? length = column.Kind switch
        {
            SchemaShape.Column.VectorKind.Scalar => 1,
            SchemaShape.Column.VectorKind.VariableVector => 0,
            _ => null,
        };
        return new FoundColumn(name, column.ItemType, column.IsKey, column.Kind != SchemaShape.Column.VectorKind.Scalar, length);
    }

    /// <summary>The column of a schema.</summary>
    /// <exception cref="ArgumentException">There is no such column.</exception>
    public static FoundColumn In(DataViewSchema schema, string name, string need)
    {
        ArgumentNullException.ThrowIfNull(schema);
        var column = schema.GetColumnOrNull(name) ?? throw Missing(name, need, schema.Where(c => !c.IsHidden).Select(c => c.Name));
        var vector = column.Type as VectorDataViewType;
        var item = vector?.ItemType ?? column.Type;
        return new FoundColumn(name, item, item is KeyDataViewType, vector is not null, vector?.Size ?? 1);
    }

    /// <summary>The type as ML.NET writes it, with an open length as a question mark.</summary>
    public override string ToString()
    {
        string item = IsKey && ItemType is not KeyDataViewType ? $"Key<{ItemType}>" : $"{ItemType}";
        string length = Length switch { null => "?", 0 => "varying length", int known => known.ToString(CultureInfo.InvariantCulture) };
        return IsVector ? $"Vector<{item}, {length}>" : item;
    }

    private static ArgumentException Missing(string name, string need, IEnumerable<string> names) =>
        new($"There is no column '{name}', which {need}. The columns are: {string.Join(", ", names.Select(n => $"'{n}'"))}. Name one of them, or add the column to the pipeline before this step.");
}
