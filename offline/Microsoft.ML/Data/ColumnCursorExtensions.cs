// SPDX-License-Identifier: MIT
using System.Reflection;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Data;

/// <summary>Reads one column.</summary>
public static class ColumnCursorExtensions
{
    private static readonly MethodInfo ArrayMethod = typeof(ColumnCursorExtensions).GetMethod(nameof(Arrays), BindingFlags.NonPublic | BindingFlags.Static);

    public static IEnumerable<T> GetColumn<T>(this IDataView data, string columnName)
    {
        ArgumentNullException.ThrowIfNull(data);
        ArgumentException.ThrowIfNullOrEmpty(columnName, "name");
        return data.GetColumn<T>(data.Schema[columnName]);
    }

    public static IEnumerable<T> GetColumn<T>(this IDataView data, DataViewSchema.Column column)
    {
        ArgumentNullException.ThrowIfNull(data);
        DataViewSchema.Column own = data.Schema[column.Index];
        if (own.Name != column.Name || !own.Type.Equals(column.Type))
        {
            throw new ArgumentException(column.Name, nameof(column));
        }

        if (own.Type.RawType == typeof(T))
        {
            return Values(data, own, static (in T value) => value);
        }

        if (typeof(T) == typeof(string) && own.Type is TextDataViewType)
        {
            return (IEnumerable<T>)Values(data, own, static (in ReadOnlyMemory<char> value) => value.ToString());
        }

        if (typeof(T).IsArray)
        {
            return ArraysOf<T>(data, own);
        }

        throw Mismatch(own, typeof(T));
    }

    private static IEnumerable<T> ArraysOf<T>(IDataView data, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType vector)
        {
            throw new ArgumentOutOfRangeException(nameof(column), $"Cannot load vector type, {column.Type}, specified in column to the user-defined type, {typeof(T)}.");
        }

        if (typeof(T) == typeof(string[]) && vector.ItemType is TextDataViewType)
        {
            return (IEnumerable<T>)Values(data, column, static (in VBuffer<ReadOnlyMemory<char>> value) => value.DenseValues().Select(t => t.ToString()).ToArray());
        }

        return typeof(T).GetElementType() == vector.ItemType.RawType
            ? (IEnumerable<T>)ArrayMethod.MakeGenericMethod(vector.ItemType.RawType).Invoke(null, [data, column])
            : throw Mismatch(column, typeof(T));
    }

    private static ArgumentOutOfRangeException Mismatch(DataViewSchema.Column column, Type type)
        => new(nameof(column), $"Cannot map column (name: {column.Name}, type: {column.Type}) in data to the user-defined type, {type}.");

    private static IEnumerable<T[]> Arrays<T>(IDataView view, DataViewSchema.Column column)
        => Values(view, column, static (in VBuffer<T> value) => value.DenseValues().ToArray());

    private static IEnumerable<TResult> Values<TValue, TResult>(IDataView view, DataViewSchema.Column column, Conversion<TValue, TResult> convert)
    {
        using DataViewRowCursor cursor = view.GetRowCursor([column]);
        ValueGetter<TValue> getter = cursor.GetGetter<TValue>(column);
        while (cursor.MoveNext())
        {
            TValue value = default;
            getter(ref value);
            yield return convert(value);
        }
    }

    private delegate TResult Conversion<TValue, TResult>(in TValue value);
}
