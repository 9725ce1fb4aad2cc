// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Core.Tests.Onnx.Fuzzing;

/// <summary>Where fields begin and end in a message whose types are not known: what can be read as a message is taken as one.</summary>
internal static class WireMap
{
    /// <summary>A field with a variable-length integer: its value, or its length.</summary>
    public sealed record Field(int Start, int NumberStart, int NumberEnd, int End, ulong Value, bool IsLength);

    public static IReadOnlyList<Field> Of(byte[] message)
    {
        var fields = new List<Field>();
        Read(message, 0, message.Length, fields, 0);
        return fields;
    }

    public static IEnumerable<byte> Varint(ulong value)
    {
        for (; value >= 0x80; value >>= 7)
        {
            yield return (byte)(value | 0x80);
        }
        yield return (byte)value;
    }

    /// <summary>Replaces bytes; if asked to, mends the lengths of the messages around so that they hold the new bytes.</summary>
    public static byte[] Replace(byte[] message, int start, int end, byte[] replacement, bool mend)
    {
        byte[] replaced = [.. message[..start], .. replacement, .. message[end..]];
        if (!mend)
        {
            return replaced;
        }
        // From the innermost outwards: a longer length moves what follows it, and adds to the lengths further out.
        int growth = replacement.Length - (end - start);
        foreach (var around in Of(message).Where(field => field.IsLength && field.NumberEnd <= start && field.End >= end).OrderByDescending(field => field.NumberEnd))
        {
            byte[] length = [.. Varint((ulong)Math.Max(0, (long)around.Value + growth))];
            replaced = [.. replaced[..around.NumberStart], .. length, .. replaced[around.NumberEnd..]];
            growth += length.Length - (around.NumberEnd - around.NumberStart);
        }
        return replaced;
    }

    private static bool Read(byte[] message, int start, int end, List<Field> fields, int depth)
    {
        int known = fields.Count, position = start;
        while (position < end && depth < 12)
        {
            int fieldStart = position;
            if (!TryVarint(message, ref position, end, out ulong tag) || tag >> 3 is 0 or > 4000)
            {
                break;
            }
            int numberStart = position;
            if ((tag & 7) is 0 or 2)
            {
                if (!TryVarint(message, ref position, end, out ulong value) || ((tag & 7) == 2 && value > (ulong)(end - position)))
                {
                    break;
                }
                int content = position;
                position += (tag & 7) == 2 ? (int)value : 0;
                fields.Add(new Field(fieldStart, numberStart, content, position, value, (tag & 7) == 2));
                if ((tag & 7) == 2 && value > 0)
                {
                    Read(message, content, position, fields, depth + 1);
                }
                continue;
            }
            int size = (tag & 7) switch { 1 => 8, 5 => 4, _ => -1 };
            if (size < 0 || size > end - position)
            {
                break;
            }
            position += size;
        }
        if (position == end || depth == 0)
        {
            return true;
        }
        fields.RemoveRange(known, fields.Count - known);
        return false;
    }

    private static bool TryVarint(byte[] message, ref int position, int end, out ulong value)
    {
        value = 0;
        for (int shift = 0; shift < 64 && position < end; shift += 7)
        {
            byte next = message[position++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return true;
            }
        }
        return false;
    }
}
