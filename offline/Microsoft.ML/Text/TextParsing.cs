// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Parses fields of text; a parser says false where a field has no value of its type.</summary>
internal static class TextParsing
{
    private static readonly string[] Trues = ["1", "+1", "true", "yes", "t", "y"];
    private static readonly string[] Falses = ["0", "-1", "false", "no", "f", "n"];

    internal delegate bool Parser<T>(string text, out T value);

    /// <summary>The parser for a type, a <see cref="Parser{T}"/> of its raw type.</summary>
    internal static Delegate For(PrimitiveDataViewType type, TextLoader.Options options) => type switch
    {
        KeyDataViewType key => Key(key),
        TextDataViewType => (Parser<ReadOnlyMemory<char>>)((string text, out ReadOnlyMemory<char> value) => Is(text.AsMemory(), out value)),
        BooleanDataViewType => (Parser<bool>)Boolean,
        _ when type.RawType == typeof(float) => Real<float>(options),
        _ when type.RawType == typeof(double) => Real<double>(options),
        _ when type.RawType == typeof(sbyte) => (Parser<sbyte>)Whole,
        _ when type.RawType == typeof(byte) => (Parser<byte>)Whole,
        _ when type.RawType == typeof(short) => (Parser<short>)Whole,
        _ when type.RawType == typeof(ushort) => (Parser<ushort>)Whole,
        _ when type.RawType == typeof(int) => (Parser<int>)Whole,
        _ when type.RawType == typeof(uint) => (Parser<uint>)Whole,
        _ when type.RawType == typeof(long) => (Parser<long>)Whole,
        _ when type.RawType == typeof(ulong) => (Parser<ulong>)Whole,
        DateTimeDataViewType => (Parser<DateTime>)((string text, out DateTime value) => Empty(text, out value) || DateTime.TryParse(text, CultureInfo.InvariantCulture, out value)),
        DateTimeOffsetDataViewType => (Parser<DateTimeOffset>)((string text, out DateTimeOffset value) => Empty(text, out value) || DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, out value)),
        TimeSpanDataViewType => (Parser<TimeSpan>)((string text, out TimeSpan value) => Empty(text, out value) || TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out value)),
        _ => throw new NotSupportedException($"No text column can be of type {type}"),
    };

    // What is no number is missing, and so NaN; nothing at all is 0 unless the options say otherwise.
    private static Parser<T> Real<T>(TextLoader.Options options)
        where T : struct, System.Numerics.IFloatingPointIeee754<T> => (string text, out T value) =>
    {
        if (string.IsNullOrWhiteSpace(text))
        {
            value = options.MissingRealsAsNaNs ? T.NaN : T.Zero;
            return true;
        }

        string number = (options.DecimalMarker == '.' ? text : text.Replace(options.DecimalMarker, '.')).Replace("∞", "Infinity", StringComparison.Ordinal);
        if (!T.TryParse(number.AsSpan().Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out value))
        {
            value = T.NaN;
        }

        return true;
    };

    private static bool Whole<T>(string text, out T value)
        where T : struct, System.Numerics.IBinaryInteger<T>
        => Empty(text, out value) || T.TryParse(text.AsSpan().Trim(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out value);

    private static bool Boolean(string text, out bool value)
    {
        string word = text.Trim();
        value = Trues.Contains(word, StringComparer.OrdinalIgnoreCase);
        return value || word.Length == 0 || Falses.Contains(word, StringComparer.OrdinalIgnoreCase);
    }

    // Keys are 0-based in text; what is out of range or no number is missing.
    private static Delegate Key(KeyDataViewType type)
    {
        ulong Value(string text) => ulong.TryParse(text.AsSpan().Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out ulong number) && number < type.Count ? number + 1 : 0;
        return type.RawType == typeof(byte) ? (Parser<byte>)((string text, out byte value) => Is((byte)Value(text), out value))
            : type.RawType == typeof(ushort) ? (Parser<ushort>)((string text, out ushort value) => Is((ushort)Value(text), out value))
            : type.RawType == typeof(uint) ? (Parser<uint>)((string text, out uint value) => Is((uint)Value(text), out value))
            : (Parser<ulong>)((string text, out ulong value) => Is(Value(text), out value));
    }

    private static bool Is<T>(T found, out T value)
    {
        value = found;
        return true;
    }

    private static bool Empty<T>(string text, out T value)
    {
        value = default;
        return string.IsNullOrWhiteSpace(text);
    }
}
