// SPDX-License-Identifier: MIT
using System.Reflection;

namespace Microsoft.ML.StandIn;

/// <summary>Calls generic methods with a type that is known only when a schema is bound.</summary>
internal static class RowGetters
{
    private const BindingFlags Any = BindingFlags.Static | BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly;

    private static readonly MethodInfo GetGetter = typeof(DataViewRow).GetMethod(nameof(DataViewRow.GetGetter));

    /// <summary>The getter of a column, of the column's own raw type.</summary>
    internal static Delegate Of(DataViewRow row, DataViewSchema.Column column)
        => (Delegate)GetGetter.MakeGenericMethod(column.Type.RawType).Invoke(row, BindingFlags.DoNotWrapExceptions, null, [column], null);

    /// <summary>Calls a generic method that <paramref name="owner"/> declares, static where <paramref name="instance"/> is null.</summary>
    internal static TResult Call<TResult>(Type owner, object instance, string method, Type[] types, params object[] arguments)
        => (TResult)owner.GetMethods(Any).Single(m => m.Name == method && m.GetGenericArguments().Length == types.Length)
            .MakeGenericMethod(types).Invoke(instance, BindingFlags.DoNotWrapExceptions, null, arguments, null);
}
