// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Reflection;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Conformance.Tests;

/// <summary>Schemas, values and errors as texts, numbers to six digits, so that a test reads like what was observed.</summary>
internal static class Describe
{
    private const BindingFlags Own = BindingFlags.Static | BindingFlags.NonPublic;

    public static string Schema(DataViewSchema schema) => string.Join(" | ", schema.Select(Column));

    /// <summary>All columns of a name, hidden ones included.</summary>
    public static string Columns(DataViewSchema schema, string name) => string.Join(" | ", schema.Where(c => c.Name == name).Select(Column));

    /// <summary>The visible column of a name and the values of its rows.</summary>
    public static string Column(IDataView data, string name) => $"{Column(data.Schema[name])} = {Values(data, name)}";

    public static string Values(IDataView data, string name)
    {
        DataViewSchema.Column column = data.Schema[name];
        return (string)Call(nameof(TypedValues), column.Type.RawType, data, column);
    }

    public static string Shape(SchemaShape shape, string name)
    {
        SchemaShape.Column column = shape.Single(c => c.Name == name);
        string annotations = column.Annotations.Count == 0 ? "" : " {" + string.Join(", ", column.Annotations.Select(a => a.Name)) + "}";
        return $"{column.Name}:{column.Kind}:{column.ItemType}{(column.IsKey ? ":key" : "")}{annotations}";
    }

    /// <summary>The type and message of the innermost exception: cursors on several threads wrap what goes wrong in them.</summary>
    public static string Error(Action action)
    {
        Exception? exception = Record.Exception(action);
        while (exception is not null && exception.InnerException is not null && exception.Message.StartsWith("Splitter/consolidator", StringComparison.Ordinal))
        {
            exception = exception.InnerException;
        }

        return exception is null ? "no exception" : $"{exception.GetType().Name}: {exception.Message}";
    }

    public static string Value(object? value) => value switch
    {
        null => "null",
        ReadOnlyMemory<char> text => $"'{text}'",
        float number => number.ToString("G6", CultureInfo.InvariantCulture),
        double number => number.ToString("G6", CultureInfo.InvariantCulture),
        _ when value.GetType().IsGenericType && value.GetType().GetGenericTypeDefinition() == typeof(VBuffer<>)
            => (string)Call(nameof(Vector), value.GetType().GetGenericArguments()[0], value),
        _ => Convert.ToString(value, CultureInfo.InvariantCulture)!,
    };

    private static string Column(DataViewSchema.Column column)
    {
        string annotations = string.Join(", ", column.Annotations.Schema.Select(
            a => $"{a.Name}:{a.Type}={Value(Call(nameof(Annotation), a.Type.RawType, column.Annotations, a))}"));
        return $"{column.Name}:{column.Type}{(column.IsHidden ? " (hidden)" : "")}{(annotations.Length == 0 ? "" : " {" + annotations + "}")}";
    }

    private static string TypedValues<T>(IDataView data, DataViewSchema.Column column)
    {
        using DataViewRowCursor cursor = data.GetRowCursor([column]);
        ValueGetter<T> getter = cursor.GetGetter<T>(column);
        var values = new List<string>();
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            values.Add(Value(value));
        }

        return string.Join("; ", values);
    }

    private static object? Annotation<T>(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        T value = default!;
        annotations.GetGetter<T>(column)(ref value);
        return value;
    }

    private static string Vector<T>(VBuffer<T> vector)
        => vector.IsDense
            ? "[" + string.Join(" ", vector.GetValues().ToArray().Select(v => Value(v))) + "]"
            : $"sparse{vector.Length}[" + string.Join(" ", vector.Items().Select(i => i.Key + ":" + Value(i.Value))) + "]";

    private static object Call(string method, Type type, params object[] arguments)
        => typeof(Describe).GetMethod(method, Own)!.MakeGenericMethod(type).Invoke(null, BindingFlags.DoNotWrapExceptions, null, arguments, null)!;
}
