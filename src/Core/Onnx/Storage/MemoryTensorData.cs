// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>Tensor bytes in memory.</summary>
internal sealed class MemoryTensorData(ReadOnlyMemory<byte> bytes) : TensorData
{
    public ReadOnlyMemory<byte> Bytes => bytes;

    public override long ByteLength => bytes.Length;

    public override void Read(long byteOffset, Span<byte> destination)
    {
        CheckRange(byteOffset, destination.Length);
        bytes.Span.Slice((int)byteOffset, destination.Length).CopyTo(destination);
    }
}
