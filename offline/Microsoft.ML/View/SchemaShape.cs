// SPDX-License-Identifier: MIT
using System.Collections;
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>What is known of a schema before there are data: no vector sizes, no key counts.</summary>
public sealed partial class SchemaShape : IReadOnlyList<SchemaShape.Column>
{
    private readonly Column[] _columns;

    public SchemaShape(IEnumerable<Column> columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        _columns = [.. columns];
        if (Array.Exists(_columns, c => c.Name is null))
        {
            throw new ArgumentOutOfRangeException(nameof(columns), "Some items are not initialized properly.");
        }
    }

    public int Count => _columns.Length;

    public Column this[int index] => _columns[index];

    public IEnumerator<Column> GetEnumerator() => ((IEnumerable<Column>)_columns).GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    internal static SchemaShape Empty { get; } = new([]);

    /// <summary>The shape of a schema's visible columns, annotations included.</summary>
    internal static SchemaShape Create(DataViewSchema schema) => new(schema.Where(c => !c.IsHidden).Select(c => ColumnOf(c.Name, c.Type, c.Annotations)));

    internal static Column ColumnOf(string name, DataViewType type, DataViewSchema.Annotations annotations = null)
    {
        SchemaShape shape = annotations is { Schema.Count: > 0 } ? new SchemaShape(annotations.Schema.Select(a => ColumnOf(a.Name, a.Type))) : Empty;
        Column.VectorKind kind = type is VectorDataViewType vector ? vector.IsKnownSize ? Column.VectorKind.Vector : Column.VectorKind.VariableVector : Column.VectorKind.Scalar;
        DataViewType item = type is VectorDataViewType { ItemType: var itemType } ? itemType : type;
        return item is KeyDataViewType key
            ? new Column(name, kind, NumberOf(key), true, shape)
            : new Column(name, kind, item, false, shape);
    }

    internal bool TryFindColumn(string name, out Column column)
    {
        foreach (Column candidate in _columns)
        {
            if (candidate.Name == name)
            {
                column = candidate;
                return true;
            }
        }

        column = default;
        return false;
    }

    /// <summary>This shape with columns put in the place of those of the same name, or at the end.</summary>
    internal SchemaShape With(params IEnumerable<Column> columns)
    {
        List<Column> result = [.. _columns];
        foreach (Column column in columns)
        {
            int at = result.FindIndex(c => c.Name == column.Name);
            if (at >= 0)
            {
                result[at] = column;
            }
            else
            {
                result.Add(column);
            }
        }

        return new SchemaShape(result);
    }

    private static NumberDataViewType NumberOf(KeyDataViewType key)
        => key.RawType == typeof(byte) ? NumberDataViewType.Byte : key.RawType == typeof(ushort) ? NumberDataViewType.UInt16
            : key.RawType == typeof(uint) ? NumberDataViewType.UInt32 : NumberDataViewType.UInt64;
}
