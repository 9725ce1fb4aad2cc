// SPDX-License-Identifier: MIT
using System.Globalization;
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>
/// The conversions between primitive types: what is out of an unsigned type's range becomes 0, a signed type takes the low bits, and
/// text that is no number becomes NaN, 0 for unsigned types, and an error for signed ones.
/// </summary>
internal static class ItemConversions
{
    private static readonly Type[] Signed = [typeof(sbyte), typeof(short), typeof(int), typeof(long)];
    private static readonly Type[] Unsigned = [typeof(byte), typeof(ushort), typeof(uint), typeof(ulong)];
    private static readonly Type[] Real = [typeof(float), typeof(double)];

    /// <summary>Whether values of one raw type can be converted into another.</summary>
    internal static bool Exists(Type from, Type to)
    {
        if (from == to || (to == typeof(ReadOnlyMemory<char>) && IsKnown(from)))
        {
            return true;
        }

        if (from == typeof(ReadOnlyMemory<char>))
        {
            return IsKnown(to);
        }

        bool toNumberOrFlag = Real.Contains(to) || to == typeof(bool);
        return Real.Contains(from) ? toNumberOrFlag
            : Unsigned.Contains(from) ? toNumberOrFlag || Unsigned.Contains(to)
            : (Signed.Contains(from) || from == typeof(bool)) && (toNumberOrFlag || Signed.Contains(to));
    }

    internal static Func<TFrom, TTo> Make<TFrom, TTo>()
    {
        object conversion = typeof(TFrom) == typeof(TTo) ? (Func<TFrom, TFrom>)(value => value)
            : typeof(TTo) == typeof(ReadOnlyMemory<char>) ? ToText<TFrom>()
            : typeof(TFrom) == typeof(ReadOnlyMemory<char>) ? FromText<TTo>()
            : typeof(TFrom) == typeof(bool) ? RowGetters.Call<object>(typeof(ItemConversions), null, nameof(OfFlag), [typeof(TTo)])
            : typeof(TTo) == typeof(bool) ? RowGetters.Call<object>(typeof(ItemConversions), null, nameof(ToFlag), [typeof(TFrom)])
            : RowGetters.Call<object>(typeof(ItemConversions), null, nameof(OfNumber), [typeof(TFrom), typeof(TTo)]);
        return (Func<TFrom, TTo>)conversion;
    }

    internal static Func<T, ReadOnlyMemory<char>> ToText<T>()
    {
        if (typeof(T) == typeof(ReadOnlyMemory<char>))
        {
            return value => (ReadOnlyMemory<char>)(object)value;
        }

        string format = typeof(T) == typeof(float) ? "G7" : typeof(T) == typeof(double) ? "G17" : null;
        return value => (value is IFormattable formattable ? formattable.ToString(format, CultureInfo.InvariantCulture) : value.ToString()).AsMemory();
    }

    private static Func<ReadOnlyMemory<char>, T> FromText<T>()
    {
        object parse = typeof(T) == typeof(bool) ? (Func<ReadOnlyMemory<char>, bool>)ParseFlag
            : typeof(T) == typeof(float) ? (Func<ReadOnlyMemory<char>, float>)ParseReal<float>
            : typeof(T) == typeof(double) ? (Func<ReadOnlyMemory<char>, double>)ParseReal<double>
            : RowGetters.Call<object>(typeof(ItemConversions), null, Signed.Contains(typeof(T)) ? nameof(SignedOfText) : nameof(UnsignedOfText), [typeof(T)]);
        return (Func<ReadOnlyMemory<char>, T>)parse;
    }

    private static bool ParseFlag(ReadOnlyMemory<char> text)
        => text.Length <= 4 && text.ToString().ToUpperInvariant() is "TRUE" or "YES" or "T" or "Y" or "1" or "+1";

    private static T ParseReal<T>(ReadOnlyMemory<char> text)
        where T : struct, IFloatingPointIeee754<T>
    {
        const NumberStyles Style = NumberStyles.Float & ~NumberStyles.AllowTrailingWhite;
        return text.IsEmpty ? T.Zero : T.TryParse(text.Span, Style, CultureInfo.InvariantCulture, out T value) ? value : T.NaN;
    }

    private static object SignedOfText<T>()
        where T : struct, IBinaryInteger<T>
        => (Func<ReadOnlyMemory<char>, T>)(text => text.IsEmpty ? T.Zero
            : text.Span[0] != '+' && T.TryParse(text.Span, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out T value) ? value
            : throw new InvalidOperationException($"Value could not be parsed from text to {NameOf(typeof(T))}."));

    private static object UnsignedOfText<T>()
        where T : struct, IBinaryInteger<T>
        => (Func<ReadOnlyMemory<char>, T>)(text => T.TryParse(text.Span, NumberStyles.None, CultureInfo.InvariantCulture, out T value) ? value : T.Zero);

    private static object OfFlag<T>()
        where T : struct, INumber<T>
        => (Func<bool, T>)(value => value ? T.One : T.Zero);

    private static object ToFlag<T>()
        where T : struct, INumber<T>
        => (Func<T, bool>)(value => value != T.Zero);

    private static object OfNumber<TFrom, TTo>()
        where TFrom : struct, INumber<TFrom>
        where TTo : struct, INumber<TTo>
    {
        if (!Unsigned.Contains(typeof(TTo)))
        {
            return (Func<TFrom, TTo>)TTo.CreateTruncating;
        }

        return (Func<TFrom, TTo>)(value => TFrom.CreateTruncating(TTo.CreateTruncating(value)) == value ? TTo.CreateTruncating(value) : TTo.Zero);
    }

    private static bool IsKnown(Type type) => Signed.Contains(type) || Unsigned.Contains(type) || Real.Contains(type) || type == typeof(bool) || type == typeof(ReadOnlyMemory<char>);

    private static string NameOf(Type type) => type == typeof(sbyte) ? "sbyte" : type == typeof(short) ? "short" : type == typeof(int) ? "int" : "long";
}
