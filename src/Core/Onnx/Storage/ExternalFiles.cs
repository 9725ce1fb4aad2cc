// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx.Storage;

/// <summary>The files beside a model that hold tensors of it. Each is opened once and stays open, so that a save may replace it.</summary>
internal sealed class ExternalFiles(string? folder) : IDisposable
{
    private readonly Dictionary<string, FileByteSource> _open = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private bool _disposed;

    public TensorData DataOf(TensorProto tensor, long needed, string where)
    {
        var location = ExternalLocation.Of(tensor, where);
        if (folder is null)
        {
            throw new OnnxFormatException(where, $"its data lie in the file '{location.Location}', but the model came without a folder; load it from its file");
        }
        if (needed == 0)
        {
            return TensorData.FromBytes(ReadOnlyMemory<byte>.Empty);
        }
        return Open(location.Resolve(folder, needed, where), where).Slice(location.Offset, needed);
    }

    public void Dispose()
    {
        lock (_lock)
        {
            _disposed = true;
            foreach (var file in _open.Values)
            {
                file.Dispose();
            }
        }
    }

    private FileByteSource Open(string path, string where)
    {
        lock (_lock)
        {
            ObjectDisposedException.ThrowIf(_disposed, typeof(OnnxModel));
            if (!_open.TryGetValue(path, out var file))
            {
                try
                {
                    file = new FileByteSource(path);
                }
                catch (Exception error) when (error is IOException or UnauthorizedAccessException)
                {
                    throw new OnnxFormatException(where, $"its external data file '{path}' cannot be read: {error.Message}", error);
                }
                _open.Add(path, file);
            }
            return file;
        }
    }
}
