// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace MLNetExtensions.Onnx.Storage;

/// <summary>A temporary file for tensor bytes that were made here; it is gone when it is closed, and where the system allows it has no name from the start.</summary>
internal sealed class SpoolFile : ByteSource
{
    private readonly Lock _lock = new();
    private SafeFileHandle? _handle;
    private bool _disposed;
    private long _length;

    public override string Name => "temporary file";

    public override long Length => Interlocked.Read(ref _length);

    /// <summary>Adds bytes.</summary>
    public TensorData Append(ReadOnlySpan<byte> bytes)
    {
        long offset = Reserve(bytes.Length);
        Write(offset, bytes);
        return Slice(offset, bytes.Length);
    }

    /// <summary>Sets a range aside that is written afterwards.</summary>
    public long Reserve(long length) => Interlocked.Add(ref _length, length) - length;

    public void Write(long offset, ReadOnlySpan<byte> bytes) => RandomAccess.Write(Handle(), bytes, offset);

    public override void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(Handle(), destination, offset);
            if (count == 0)
            {
                throw new IOException("The temporary file for tensors is shorter than what was written to it.");
            }
            offset += count;
            destination = destination[count..];
        }
    }

    public override void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            _handle?.Dispose();
        }
    }

    private SafeFileHandle Handle()
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(OnnxModel));
            return _handle ??= Create();
        }
    }

    private static SafeFileHandle Create()
    {
        string path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        if (OperatingSystem.IsWindows())
        {
            return File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete, FileOptions.DeleteOnClose);
        }
        var handle = File.OpenHandle(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.Read | FileShare.Delete);
        File.Delete(path);
        return handle;
    }
}
