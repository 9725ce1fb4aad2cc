// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Conformance.Tests;

/// <summary>Writes what was observed in the words of the facts: errors with type and message, schemas with hidden columns and annotations.</summary>
internal static class Observed
{
    /// <summary>The full name of the type of what was thrown, and its message.</summary>
    internal static string Error(Action action)
    {
        Exception? thrown = Record.Exception(action);
        return thrown is null ? "no exception" : $"{thrown.GetType().FullName}: {thrown.Message}";
    }

    /// <inheritdoc cref="Error(Action)"/>
    internal static string Error(Func<object?> action) => Error(() => { action(); });

    /// <summary>Names, types, hiddenness and annotations of all columns.</summary>
    internal static string Schema(DataViewSchema schema) => string.Join(" | ", schema.Select(Column));

    /// <summary>All values of a column that has scalar values.</summary>
    internal static List<T> Values<T>(DataViewRowCursor cursor, string name)
    {
        ValueGetter<T> getter = cursor.GetGetter<T>(cursor.Schema[name]);
        var values = new List<T>();
        T value = default!;
        while (cursor.MoveNext())
        {
            getter(ref value);
            values.Add(value);
        }

        return values;
    }

    private static string Column(DataViewSchema.Column column)
    {
        string hidden = column.IsHidden ? " (hidden)" : "";
        string annotations = column.Annotations.Schema.Count > 0 ? $" {{{string.Join(",", column.Annotations.Schema.Select(a => $"{a.Name}:{a.Type}"))}}}" : "";
        return $"{column.Name}:{column.Type}{hidden}{annotations}";
    }
}
