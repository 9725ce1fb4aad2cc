// SPDX-License-Identifier: MIT
using System.Collections.Concurrent;
using System.Linq.Expressions;
using System.Reflection;

namespace Microsoft.ML.StandIn;

/// <summary>Compiled access to the members of a row class.</summary>
internal static class MemberAccess<TRow>
{
    private static readonly ConcurrentDictionary<MemberInfo, Delegate> Getters = new();
    private static readonly ConcurrentDictionary<MemberInfo, Delegate> Setters = new();

    internal static Func<TRow, TMember> Getter<TMember>(MemberInfo member) => (Func<TRow, TMember>)Getters.GetOrAdd(member, static m =>
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow));
        return Expression.Lambda<Func<TRow, TMember>>(Expression.MakeMemberAccess(row, m), row).Compile();
    });

    internal static Action<TRow, TMember> Setter<TMember>(MemberInfo member) => (Action<TRow, TMember>)Setters.GetOrAdd(member, static m =>
    {
        ParameterExpression row = Expression.Parameter(typeof(TRow)), value = Expression.Parameter(typeof(TMember));
        if (m is FieldInfo { IsInitOnly: true } field)
        {
            return (Action<TRow, TMember>)((target, v) => field.SetValue(target, v));
        }

        return Expression.Lambda<Action<TRow, TMember>>(Expression.Assign(Expression.MakeMemberAccess(row, m), value), row, value).Compile();
    });
}
