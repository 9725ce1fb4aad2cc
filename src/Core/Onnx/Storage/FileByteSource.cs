// SPDX-License-Identifier: MIT
using Microsoft.Win32.SafeHandles;

namespace MLNetExtensions.Onnx.Storage;

/// <summary>A file that stays open, so that it can be replaced under its name while it is still read.</summary>
internal sealed class FileByteSource : ByteSource
{
    private readonly SafeFileHandle _handle;

    public FileByteSource(string path)
    {
        Name = path;
        _handle = File.OpenHandle(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, FileOptions.RandomAccess);
        try
        {
            Length = RandomAccess.GetLength(_handle);
        }
        catch
        {
            _handle.Dispose();
            throw;
        }
    }

    public override string Name { get; }

    public override long Length { get; }

    public override void Read(long offset, Span<byte> destination)
    {
        while (!destination.IsEmpty)
        {
            int count = RandomAccess.Read(_handle, destination, offset);
            if (count == 0)
            {
                throw new OnnxFormatException(Name, $"the file ends at byte {offset}; it held {Length} bytes when it was opened");
            }
            offset += count;
            destination = destination[count..];
        }
    }

    public override void Dispose() => _handle.Dispose();
}
