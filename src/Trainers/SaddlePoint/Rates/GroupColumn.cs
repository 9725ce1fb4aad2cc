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
    /// <param name="view">The data view, whose features and labels have been read.</param>
    /// <param name="name">The column.</param>
    /// <param name="label">The column of labels, Boolean, which tells whether rows come in the same order again.</param>
    /// <param name="labels">The labels, 0 or 1, as they were read.</param>
    /// <param name="cancel">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A row has no group.</exception>
    /// <exception cref="InvalidOperationException">Rows are not those that were read before.</exception>
    public static RowGroups Read(IDataView view, string name, string label, ReadOnlyMemory<float> labels, CancellationToken cancel)
    {
        var column = view.Schema[name];
        using var cursor = view.GetRowCursor(name == label ? [column] : [column, view.Schema[label]]);
        var positive = ColumnReaders.Boolean(cursor, label);
        int row = 0;
        var groups = column.Type switch
        {
            BooleanDataViewType => ReadBooleans(cursor, name, Next),
            KeyDataViewType => ReadKeys(cursor, column, Next),
            _ => ReadText(cursor, name, Next),
        };
        return row == labels.Length ? groups : throw Changed($"there were {labels.Length} rows, and there are {row}");

        bool Next()
        {
            cancel.ThrowIfCancellationRequested();
            if (!cursor.MoveNext())
            {
                return false;
            }
            if (row >= labels.Length || positive() != labels.Span[row] > 0)
            {
                throw Changed($"row {row} {(row >= labels.Length ? "was not there" : "had another label")}");
            }
            row++;
            return true;
        }

        InvalidOperationException Changed(string what) => new(
            $"Groups (column '{name}') are read after features and labels, and {what} when they were read. The data view must give the same rows in the same order each time: cache it with Data.Cache, or sort what it reads.");
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

    private static RowGroups ReadBooleans(DataViewRowCursor cursor, string name, Func<bool> next)
    {
        var value = ColumnReaders.Boolean(cursor, name);
        List<int> rows = [];
        while (next())
        {
            rows.Add(value() ? 1 : 0);
        }
        return new RowGroups([bool.FalseString, bool.TrueString], rows);
    }

    private static RowGroups ReadKeys(DataViewRowCursor cursor, DataViewSchema.Column column, Func<bool> next)
    {
        var value = ColumnReaders.Key(cursor, column.Name);
        List<int> rows = [];
        while (next())
        {
            rows.Add(value() is > 0 and var key ? checked((int)(key - 1)) : throw NoGroup(rows.Count, column.Name));
        }
        return new RowGroups(Different(ClassValues.FromKeyColumn(column).Names), rows);
    }

    private static RowGroups ReadText(DataViewRowCursor cursor, string name, Func<bool> next)
    {
        var value = ColumnReaders.Text(cursor, name);
        List<string> rows = [];
        while (next())
        {
            string text = value();
            rows.Add(text.Length > 0 ? text : throw NoGroup(rows.Count, name));
        }
        // In an order that does not depend on that of the rows.
        string[] names = [.. rows.Distinct().Order(StringComparer.Ordinal)];
        return new RowGroups(names, rows.Select(text => Array.BinarySearch(names, text, StringComparer.Ordinal)));
    }

    // Keys may stand for the same text twice; their numbers tell them apart.
    private static IEnumerable<string> Different(IReadOnlyList<string> names) => names.Distinct(StringComparer.Ordinal).Count() == names.Count
        ? names
        : names.Select((name, i) => $"{name} ({i + 1})");

    private static ArgumentException NoGroup(int row, string name) => new($"Row {row} has no group (column '{name}'); groups must be there. Leave such rows out, or give them a group of their own.");
}
