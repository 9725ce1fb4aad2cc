// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Pipelines;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Reads the groups of rows from a column.</summary>
internal static class GroupColumn
{
    /// <summary>Checks a promised column.</summary>
    public static void Check(SchemaShape schema, string? name)
    {
        if (name is not null)
        {
            Check(FoundColumn.In(schema, name, Need));
        }
    }

    /// <summary>Checks a column that is there.</summary>
    public static void Check(DataViewSchema schema, string? name)
    {
        if (name is not null)
        {
            Check(FoundColumn.In(schema, name, Need));
        }
    }

    /// <summary>Reads it.</summary>
    /// <exception cref="ArgumentException">A row has no group.</exception>
    public static RowGroups Read(IDataView view, string name, CancellationToken cancel)
    {
        var column = view.Schema[name];
        using var cursor = view.GetRowCursor([column]);
        return column.Type switch
        {
            BooleanDataViewType => ReadBooleans(cursor, name, cancel),
            KeyDataViewType => ReadKeys(cursor, column, cancel),
            _ => ReadText(cursor, name, cancel),
        };
    }

    private const string Need = "holds the group";

    private static void Check(FoundColumn column)
    {
        bool fits = !column.IsVector && (column.IsKey || column.ItemType is TextDataViewType or BooleanDataViewType);
        if (!fits)
        {
            throw new ArgumentException($"Column '{column.Name}', which {Need}, is {column}; it must be a key, text or Boolean. Convert it with Conversion.MapValueToKey or ConvertType.");
        }
    }

    private static RowGroups ReadBooleans(DataViewRowCursor cursor, string name, CancellationToken cancel)
    {
        var value = ColumnReaders.Boolean(cursor, name);
        List<int> rows = [];
        while (MoveNext(cursor, cancel))
        {
            rows.Add(value() ? 1 : 0);
        }
        return new RowGroups([bool.FalseString, bool.TrueString], rows);
    }

    private static RowGroups ReadKeys(DataViewRowCursor cursor, DataViewSchema.Column column, CancellationToken cancel)
    {
        var value = ColumnReaders.Key(cursor, column.Name);
        List<int> rows = [];
        while (MoveNext(cursor, cancel))
        {
            rows.Add(value() is > 0 and var key ? checked((int)(key - 1)) : throw NoGroup(rows.Count, column.Name));
        }
        return new RowGroups(Different(ClassValues.FromKeyColumn(column).Names), rows);
    }

    private static RowGroups ReadText(DataViewRowCursor cursor, string name, CancellationToken cancel)
    {
        var value = ColumnReaders.Text(cursor, name);
        List<string> rows = [];
        while (MoveNext(cursor, cancel))
        {
            string text = value();
            rows.Add(text.Length > 0 ? text : throw NoGroup(rows.Count, name));
        }
        // In an order that does not depend on that of the rows.
        string[] names = [.. rows.Distinct().Order(StringComparer.Ordinal)];
        return new RowGroups(names, rows.Select(text => Array.BinarySearch(names, text, StringComparer.Ordinal)));
    }

    private static bool MoveNext(DataViewRowCursor cursor, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return cursor.MoveNext();
    }

    // Keys may stand for the same text twice; their numbers tell them apart.
    private static IEnumerable<string> Different(IReadOnlyList<string> names) => names.Distinct(StringComparer.Ordinal).Count() == names.Count
        ? names
        : names.Select((name, i) => $"{name} ({i + 1})");

    private static ArgumentException NoGroup(int row, string name) => new($"Row {row} has no group (column '{name}'); groups must be there. Leave such rows out, or give them a group of their own.");
}
