// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>Turns packed variable-length integers, left in a file, into raw elements in a temporary file; a piece at a time.</summary>
internal static class PackedVarints
{
    private const int Piece = 1 << 16;

    public static TensorData Decode(TensorData packed, int entryBytes, long entries, SpoolFile spool, string where)
    {
        long start = spool.Reserve(entries * entryBytes);
        byte[] input = new byte[Piece], output = new byte[Piece];
        long decoded = 0;
        int filled = 0, shift = 0;
        ulong value = 0;
        for (long offset = 0; offset < packed.ByteLength; offset += Piece)
        {
            var piece = input.AsSpan(0, (int)Math.Min(Piece, packed.ByteLength - offset));
            packed.Read(offset, piece);
            foreach (byte next in piece)
            {
                if (shift >= 70)
                {
                    throw new OnnxFormatException(where, "a variable-length integer among its elements exceeds 64 bits");
                }
                value |= (ulong)(next & 0x7F) << shift;
                shift += 7;
                if (next >= 0x80)
                {
                    continue;
                }
                if (++decoded > entries)
                {
                    throw new OnnxFormatException(where, $"it holds more than the {entries} values that its shape takes");
                }
                TypedFields.Store(value, output.AsSpan(filled, entryBytes));
                filled += entryBytes;
                (value, shift) = (0, 0);
                if (filled == output.Length)
                {
                    spool.Write(start + decoded * entryBytes - filled, output);
                    filled = 0;
                }
            }
        }
        if (shift != 0 || decoded != entries)
        {
            throw new OnnxFormatException(where, $"it holds {decoded} values{(shift != 0 ? " and a part of one" : "")}; its shape takes {entries}");
        }
        spool.Write(start + decoded * entryBytes - filled, output.AsSpan(0, filled));
        return spool.Slice(start, entries * entryBytes);
    }
}
