// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>Tensor bytes that lie in several pieces.</summary>
internal sealed class ChunkedTensorData : TensorData
{
    private readonly TensorData[] _chunks;
    private readonly long[] _starts;

    public ChunkedTensorData(TensorData[] chunks)
    {
        _chunks = chunks;
        _starts = new long[chunks.Length];
        for (int i = 0; i < chunks.Length; i++)
        {
            _starts[i] = ByteLength;
            ByteLength += chunks[i].ByteLength;
        }
    }

    public override long ByteLength { get; }

    public override void Read(long byteOffset, Span<byte> destination)
    {
        CheckRange(byteOffset, destination.Length);
        int index = Array.BinarySearch(_starts, byteOffset);
        for (int i = index >= 0 ? index : ~index - 1; !destination.IsEmpty; i++)
        {
            long within = byteOffset - _starts[i];
            int count = (int)Math.Min(destination.Length, _chunks[i].ByteLength - within);
            _chunks[i].Read(within, destination[..count]);
            destination = destination[count..];
            byteOffset += count;
        }
    }
}
