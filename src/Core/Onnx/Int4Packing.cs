// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx;

/// <summary>Packs 4-bit codes two to a byte: element 2k in the low half, 2k+1 in the high half, a missing last one 0.</summary>
public static class Int4Packing
{
    /// <summary>Bytes that <paramref name="elements"/> codes take.</summary>
    public static long PackedLength(long elements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elements);
        return elements / 2 + elements % 2;
    }

    /// <summary>Packs signed codes, of which the low four bits are kept.</summary>
    public static void Pack(ReadOnlySpan<sbyte> codes, Span<byte> packed) =>
        Pack(System.Runtime.InteropServices.MemoryMarshal.AsBytes(codes), packed);

    /// <summary>Packs unsigned codes, of which the low four bits are kept.</summary>
    public static void Pack(ReadOnlySpan<byte> codes, Span<byte> packed)
    {
        CheckLengths(codes.Length, packed.Length);
        int pairs = codes.Length / 2;
        for (int i = 0; i < pairs; i++)
        {
            packed[i] = (byte)((codes[2 * i] & 0x0F) | (codes[2 * i + 1] << 4));
        }
        if (codes.Length % 2 != 0)
        {
            packed[pairs] = (byte)(codes[^1] & 0x0F);
        }
    }

    /// <summary>Unpacks INT4 codes, -8 to 7.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<sbyte> codes)
    {
        CheckLengths(codes.Length, packed.Length);
        int pairs = codes.Length / 2;
        for (int i = 0; i < pairs; i++)
        {
            codes[2 * i] = (sbyte)((sbyte)(packed[i] << 4) >> 4);
            codes[2 * i + 1] = (sbyte)((sbyte)packed[i] >> 4);
        }
        if (codes.Length % 2 != 0)
        {
            codes[^1] = (sbyte)((sbyte)(packed[pairs] << 4) >> 4);
        }
    }

    /// <summary>Unpacks UINT4 codes, 0 to 15.</summary>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> codes)
    {
        CheckLengths(codes.Length, packed.Length);
        int pairs = codes.Length / 2;
        for (int i = 0; i < pairs; i++)
        {
            codes[2 * i] = (byte)(packed[i] & 0x0F);
            codes[2 * i + 1] = (byte)(packed[i] >> 4);
        }
        if (codes.Length % 2 != 0)
        {
            codes[^1] = (byte)(packed[pairs] & 0x0F);
        }
    }

    private static void CheckLengths(int codes, int packed)
    {
        if (packed != PackedLength(codes))
        {
            throw new ArgumentException($"{codes} codes take {PackedLength(codes)} packed bytes; the span has {packed}.", nameof(packed));
        }
    }
}
