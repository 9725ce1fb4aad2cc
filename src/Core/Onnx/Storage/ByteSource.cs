// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>Bytes that can be read from any position, by several threads.</summary>
internal abstract class ByteSource : IDisposable
{
    /// <summary>The file, or what to call bytes that came from none.</summary>
    public abstract string Name { get; }

    public abstract long Length { get; }

    /// <summary>Fills <paramref name="destination"/> from <paramref name="offset"/>; the caller has checked the range.</summary>
    public abstract void Read(long offset, Span<byte> destination);

    public TensorData Slice(long offset, long length) => new SlicedTensorData(this, offset, length);

    public abstract void Dispose();
}
