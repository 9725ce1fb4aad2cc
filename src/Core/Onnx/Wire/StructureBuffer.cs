// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>A growing protobuf message whose nested lengths are filled in when they are known.</summary>
internal sealed class StructureBuffer
{
    // A nested length is written as five bytes whatever its value: longer than need be, and read by every parser.
    private const int LengthBytes = 5;

    private byte[] _bytes = new byte[1 << 12];

    public int Length { get; private set; }

    public ReadOnlySpan<byte> Written => _bytes.AsSpan(0, Length);

    public void WriteTag(int number, WireType type) => WriteVarint((ulong)number << 3 | (uint)type);

    public void WriteVarint(ulong value)
    {
        var span = Take(Varint.MaxBytes);
        int count = Varint.Write(value, span);
        Length -= Varint.MaxBytes - count;
    }

    public void WriteFixed64(ulong value) => BinaryPrimitives.WriteUInt64LittleEndian(Take(8), value);

    /// <summary>Room for the next bytes, to be filled by the caller.</summary>
    public Span<byte> Take(int count)
    {
        if (Length + (long)count > _bytes.Length)
        {
            Array.Resize(ref _bytes, (int)Math.Min(Array.MaxLength, Math.Max(2L * _bytes.Length, Length + (long)count)));
        }
        var span = _bytes.AsSpan(Length, count);
        Length += count;
        return span;
    }

    /// <summary>Leaves room for a length; returns what <see cref="EndMessage"/> wants.</summary>
    public int BeginMessage()
    {
        Take(LengthBytes);
        return Length;
    }

    public void EndMessage(int start)
    {
        uint length = (uint)(Length - start);
        var span = _bytes.AsSpan(start - LengthBytes, LengthBytes);
        for (int i = 0; i < LengthBytes; i++, length >>= 7)
        {
            span[i] = (byte)((length & 0x7F) | (i < LengthBytes - 1 ? 0x80u : 0));
        }
        Debug.Assert(length == 0);
    }
}
