// SPDX-License-Identifier: MIT
using System.Reflection;
using System.Runtime.ExceptionServices;

namespace MLNetExtensions.Pipelines;

/// <summary>Calls a generic method with types that are known only when a schema is: once per column, never per row.</summary>
internal static class Generic
{
    public static TResult Call<TResult>(Type owner, string method, Type[] types, params object?[] arguments)
    {
        var definition = owner.GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic | BindingFlags.Public)!;
        try
        {
            return (TResult)definition.MakeGenericMethod(types).Invoke(null, arguments)!;
        }
        catch (TargetInvocationException failure) when (failure.InnerException is not null)
        {
            ExceptionDispatchInfo.Throw(failure.InnerException);
            throw;
        }
    }
}
