// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>Where a model's bytes are: in a file, or in memory. Immutable.</summary>
public sealed class OnnxModelSource
{
    private readonly byte[]? _bytes;

    private OnnxModelSource(string name, string? path, byte[]? bytes)
    {
        Name = name;
        Path = path;
        _bytes = bytes;
    }

    /// <summary>The file, or what the model is called.</summary>
    public string Name { get; }

    /// <summary>The full path of the file, which must stay where it is while the model is used; null for a model in memory.</summary>
    public string? Path { get; }

    /// <summary>A model in memory. The array is not copied: leave it as it is.</summary>
    public static OnnxModelSource FromBytes(byte[] model, string name = "model in memory")
    {
        ArgumentNullException.ThrowIfNull(model);
        return new OnnxModelSource(name, null, model);
    }

    /// <summary>A model in a file, with the external data beside it if there are any.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static OnnxModelSource FromFile(string path)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        return File.Exists(path)
            ? new OnnxModelSource(path, System.IO.Path.GetFullPath(path), null)
            : throw new FileNotFoundException($"The ONNX model '{path}' does not exist.", path);
    }

    /// <summary>Reads the model's graph; the bytes of large tensors stay where they are.</summary>
    /// <exception cref="OnnxFormatException">The model is damaged.</exception>
    public OnnxModel Load(OnnxLimits? limits = null) => _bytes is null ? OnnxModel.Load(Path!, limits) : OnnxModel.Parse(_bytes, limits);

    /// <summary>Opens the model with ONNX Runtime.</summary>
    public OnnxSession Open(OnnxSessionSettings? settings = null) =>
        _bytes is null ? OnnxSession.Open(Path!, settings) : OnnxSession.Open(_bytes, settings, Name);
}
