// SPDX-License-Identifier: MIT
using System.Buffers;

namespace MLNetExtensions.Onnx;

/// <summary>The bytes of a tensor wherever they lie: in memory, in the model's file, in a file beside it. Little-endian, packed as ONNX's <c>raw_data</c>. Safe for use by several threads.</summary>
public abstract class TensorData
{
    private const int CopyBytes = 1 << 18;

    private protected TensorData()
    {
    }

    /// <summary>How many bytes there are.</summary>
    public abstract long ByteLength { get; }

    /// <summary>Reads bytes from an offset until <paramref name="destination"/> is full.</summary>
    public abstract void Read(long byteOffset, Span<byte> destination);

    /// <summary>Writes all bytes to a stream, a piece at a time.</summary>
    public void CopyTo(Stream destination, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(destination);
        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)Math.Min(CopyBytes, Math.Max(1, ByteLength)));
        try
        {
            for (long offset = 0; offset < ByteLength;)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var piece = buffer.AsSpan(0, (int)Math.Min(buffer.Length, ByteLength - offset));
                Read(offset, piece);
                destination.Write(piece);
                offset += piece.Length;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>All bytes in one array.</summary>
    /// <exception cref="InvalidOperationException">There are more than an array can hold.</exception>
    public byte[] ToArray()
    {
        if (ByteLength > Array.MaxLength)
        {
            throw new InvalidOperationException($"{ByteLength} bytes do not fit one array ({Array.MaxLength}); read them in pieces.");
        }
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)ByteLength);
        Read(0, bytes);
        return bytes;
    }

    /// <summary>Bytes in memory as tensor data; they are not copied.</summary>
    public static TensorData FromBytes(ReadOnlyMemory<byte> bytes) => new Storage.MemoryTensorData(bytes);

    private protected void CheckRange(long byteOffset, int count)
    {
        if (byteOffset < 0 || byteOffset > ByteLength - count)
        {
            throw new ArgumentOutOfRangeException(nameof(byteOffset), byteOffset, $"{count} bytes from {byteOffset} are not within the tensor's {ByteLength}.");
        }
    }
}
