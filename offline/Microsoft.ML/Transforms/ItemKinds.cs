// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Which value of a type means that there is none, and how values are compared.</summary>
internal static class ItemKinds
{
    /// <summary>Whether a value is missing: NaN, empty text, key 0; null where a type has no such value.</summary>
    internal static Func<T, bool> MissingOf<T>(DataViewType type)
    {
        object test = type switch
        {
            KeyDataViewType => (Func<T, bool>)(v => EqualityComparer<T>.Default.Equals(v, default)),
            TextDataViewType => (Func<ReadOnlyMemory<char>, bool>)(v => v.IsEmpty),
            NumberDataViewType when typeof(T) == typeof(float) => (Func<float, bool>)float.IsNaN,
            NumberDataViewType when typeof(T) == typeof(double) => (Func<double, bool>)double.IsNaN,
            _ => null,
        };
        return (Func<T, bool>)test;
    }

    /// <summary>The value that stands for a missing one.</summary>
    internal static T MissingValue<T>()
    {
        object value = typeof(T) == typeof(float) ? float.NaN : typeof(T) == typeof(double) ? double.NaN : default(T);
        return (T)value;
    }

    internal static IEqualityComparer<T> Equality<T>() => typeof(T) == typeof(ReadOnlyMemory<char>) ? (IEqualityComparer<T>)(object)new TextComparer() : EqualityComparer<T>.Default;

    internal static IComparer<T> Order<T>() => typeof(T) == typeof(ReadOnlyMemory<char>) ? (IComparer<T>)(object)new TextComparer() : Comparer<T>.Default;

    /// <summary>Texts are the same where their characters are; their order is ordinal.</summary>
    private sealed class TextComparer : IEqualityComparer<ReadOnlyMemory<char>>, IComparer<ReadOnlyMemory<char>>
    {
        public bool Equals(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceEqual(y.Span);

        public int GetHashCode(ReadOnlyMemory<char> obj) => string.GetHashCode(obj.Span);

        public int Compare(ReadOnlyMemory<char> x, ReadOnlyMemory<char> y) => x.Span.SequenceCompareTo(y.Span);
    }
}
