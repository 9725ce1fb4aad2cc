// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>A range of a byte source.</summary>
internal sealed class SlicedTensorData(ByteSource source, long offset, long length) : TensorData
{
    public override long ByteLength => length;

    public override void Read(long byteOffset, Span<byte> destination)
    {
        CheckRange(byteOffset, destination.Length);
        source.Read(offset + byteOffset, destination);
    }
}
