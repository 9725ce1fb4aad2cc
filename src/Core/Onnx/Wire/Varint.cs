// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>Variable-length integers of protobuf.</summary>
internal static class Varint
{
    public const int MaxBytes = 10;

    public static int SizeOf(ulong value) => value == 0 ? 1 : (BitOperations.Log2(value) + 7) / 7;

    public static int Write(ulong value, Span<byte> destination)
    {
        int count = 0;
        while (value >= 0x80)
        {
            destination[count++] = (byte)(value | 0x80);
            value >>= 7;
        }
        destination[count++] = (byte)value;
        return count;
    }
}
