// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.TestUtilities;

/// <summary>Reads data views into plain objects and compares them.</summary>
public static class Snapshot
{
    /// <summary>All rows with the named columns (all visible ones by default), in the order in which one cursor gives them.</summary>
    public static List<RowSnapshot> Of(IDataView view, IEnumerable<string>? columns = null, Random? rand = null)
    {
        var active = Columns(view.Schema, columns);
        using var cursor = view.GetRowCursor(active, rand);
        return Read(cursor, active);
    }

    /// <summary>The rows of each cursor of a set.</summary>
    public static List<List<RowSnapshot>> OfSet(IDataView view, int cursors, Random? rand = null)
    {
        var active = Columns(view.Schema, null);
        return [.. view.GetRowCursorSet(active, cursors, rand).Select(cursor =>
        {
            using (cursor)
            {
                return Read(cursor, active);
            }
        })];
    }

    /// <summary>A function that reads a column of the row that it stands on.</summary>
    public static Func<object> Reader(DataViewRow row, DataViewSchema.Column column) => column.Type is VectorDataViewType vector
        ? Call(nameof(VectorReader), vector.ItemType.RawType, row, column)
        : Call(nameof(ScalarReader), column.Type.RawType, row, column);

    /// <summary>Null when both hold the same; else what differs first.</summary>
    public static string? Difference(IReadOnlyList<RowSnapshot> expected, IReadOnlyList<RowSnapshot> actual, double tolerance = 0, bool ids = true)
    {
        if (expected.Count != actual.Count)
        {
            return $"{expected.Count} rows are expected, there are {actual.Count}";
        }
        for (int i = 0; i < expected.Count; i++)
        {
            if (ids && !expected[i].Id.Equals(actual[i].Id))
            {
                return $"row {i} has the id {actual[i].Id}, not {expected[i].Id}";
            }
            foreach (var (name, value) in expected[i].Values)
            {
                if (!actual[i].Values.TryGetValue(name, out object? other))
                {
                    return $"column '{name}' is missing";
                }
                if (!AreEqual(value, other, tolerance))
                {
                    return $"row {i}, column '{name}': {Show(value)} is expected, there is {Show(other)}";
                }
            }
        }
        return null;
    }

    /// <summary>True for equal values, or numbers that differ by at most the tolerance.</summary>
    public static bool AreEqual(object expected, object actual, double tolerance) => (expected, actual) switch
    {
        (Array a, Array b) => a.Length == b.Length && Enumerable.Range(0, a.Length).All(i => AreEqual(a.GetValue(i)!, b.GetValue(i)!, tolerance)),
        (float a, float b) => a.Equals(b) || Math.Abs(a - b) <= tolerance,
        (double a, double b) => a.Equals(b) || Math.Abs(a - b) <= tolerance,
        _ => expected.Equals(actual),
    };

    /// <summary>A value as text.</summary>
    public static string Show(object value) => value is Array array
        ? "[" + string.Join(", ", array.Cast<object>()) + "]"
        : Convert.ToString(value, System.Globalization.CultureInfo.InvariantCulture) ?? "null";

    internal static DataViewSchema.Column[] Columns(DataViewSchema schema, IEnumerable<string>? names) =>
        names is null ? [.. schema.Where(column => !column.IsHidden)] : [.. names.Select(name => schema[name])];

    private static List<RowSnapshot> Read(DataViewRowCursor cursor, DataViewSchema.Column[] columns)
    {
        var readers = columns.Select(column => (column.Name, Read: Reader(cursor, column))).ToArray();
        var id = cursor.GetIdGetter();
        var rows = new List<RowSnapshot>();
        while (cursor.MoveNext())
        {
            DataViewRowId value = default;
            id(ref value);
            rows.Add(new RowSnapshot(value, cursor.Batch, readers.ToDictionary(reader => reader.Name, reader => reader.Read())));
        }
        return rows;
    }

    private static Func<object> Call(string method, Type type, DataViewRow row, DataViewSchema.Column column)
    {
        try
        {
            return (Func<object>)typeof(Snapshot).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!.MakeGenericMethod(type).Invoke(null, [row, column])!;
        }
        catch (TargetInvocationException failure)
        {
            System.Runtime.ExceptionServices.ExceptionDispatchInfo.Throw(failure.InnerException!);
            throw;
        }
    }

    private static Func<object> ScalarReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return value is ReadOnlyMemory<char> text ? text.ToString() : value!;
        };
    }

    private static Func<object> VectorReader<T>(DataViewRow row, DataViewSchema.Column column)
    {
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return () =>
        {
            getter(ref value);
            T[] items = [.. value.DenseValues()];
            return items is ReadOnlyMemory<char>[] texts ? Array.ConvertAll(texts, text => text.ToString()) : items;
        };
    }
}
