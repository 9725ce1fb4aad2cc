// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Onnx.Storage;
using MLNetExtensions.Onnx.Wire;

namespace MLNetExtensions.Onnx;

/// <summary>
/// An ONNX model: the graph in memory, the elements of its larger tensors where they lie until somebody asks for them. A model of any
/// size is read, edited and written in little memory.
/// </summary>
/// <remarks>
/// <see cref="Proto"/> is free to be edited. Its tensors above 1 KiB hold no elements; <see cref="DataOf"/> reads them and <see cref="SetData"/> replaces
/// them. The model's files stay open until <see cref="Dispose"/>, so that <see cref="Save"/> may write over them. Reading elements is safe from several
/// threads; editing is not.
/// </remarks>
public sealed partial class OnnxModel : IDisposable
{
    private const int SpoolInMemoryBytes = 1 << 16;

    private readonly ParkedTensors _parked;
    private readonly ByteSource? _source;
    private readonly ExternalFiles _external;
    private readonly SpoolFile _spool = new();
    private readonly Dictionary<ulong, TensorData> _decoded = [];
    private readonly Lock _lock = new();
    private readonly OnnxLimits _limits;

    private OnnxModel(ModelProto proto, ParkedTensors parked, ByteSource? source, string? path, OnnxLimits limits)
    {
        Proto = proto;
        Path = path;
        _parked = parked;
        _source = source;
        _limits = limits;
        _external = new ExternalFiles(path is null ? null : System.IO.Path.GetDirectoryName(path));
    }

    /// <summary>The graph, without the elements of larger tensors.</summary>
    public ModelProto Proto { get; }

    /// <summary>The full path of the file that the model was loaded from, null if it came from none.</summary>
    public string? Path { get; }

    private string Where => Path ?? "model";

    /// <summary>Opens a model file. What it keeps as external data has to be there too.</summary>
    /// <exception cref="OnnxFormatException">The file is no ONNX model, is damaged or exceeds a limit, or its external data are missing, damaged or outside its folder.</exception>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    public static OnnxModel Load(string path, OnnxLimits? limits = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        string full = System.IO.Path.GetFullPath(path);
        if (Directory.Exists(full))
        {
            throw new FileNotFoundException($"'{full}' is a folder; an ONNX model is a file.", full);
        }
        FileSystemInfo file = new FileInfo(full);
        file = file.ResolveLinkTarget(returnFinalTarget: true) ?? file;
        if (!file.Exists)
        {
            throw new FileNotFoundException($"There is no model file '{full}'.", full);
        }
        // Asked before opening: a pipe or a device has no length, and opening it may wait for ever.
        if (new FileInfo(file.FullName).Length == 0)
        {
            throw new OnnxFormatException(full, "the model is empty");
        }
        return Read(new FileByteSource(full), full, limits ?? OnnxLimits.Default);
    }

    /// <summary>Reads a model from memory. The bytes are not copied and must not change while the model is in use.</summary>
    /// <exception cref="OnnxFormatException">The bytes are no ONNX model, are damaged, or exceed a limit.</exception>
    public static OnnxModel Parse(ReadOnlyMemory<byte> bytes, OnnxLimits? limits = null) =>
        Read(new MemoryByteSource(bytes, "model"), null, limits ?? OnnxLimits.Default);

    /// <summary>A model from messages that were built in memory.</summary>
    public static OnnxModel Create(ModelProto proto)
    {
        ArgumentNullException.ThrowIfNull(proto);
        return new OnnxModel(proto, new ParkedTensors(), null, null, OnnxLimits.Default);
    }

    /// <summary>Parks bytes until the model is disposed: small ones in memory, others in a temporary file without a name.</summary>
    public TensorData Spool(ReadOnlySpan<byte> bytes) =>
        bytes.Length <= SpoolInMemoryBytes ? TensorData.FromBytes(bytes.ToArray()) : _spool.Append(bytes);

    /// <summary>Closes the model's files and deletes what was spooled. Tensor data that came from the model can't be read afterwards.</summary>
    public void Dispose()
    {
        _source?.Dispose();
        _external.Dispose();
        _spool.Dispose();
    }

    private static OnnxModel Read(ByteSource source, string? path, OnnxLimits limits)
    {
        OnnxModel? model = null;
        try
        {
            var parked = new ParkedTensors();
            var structure = ModelScanner.Scan(source, limits, parked);
            model = new OnnxModel(ParseStructure(structure, source.Name), parked, source, path, limits);
            if (model.Proto.Graph is null)
            {
                throw new OnnxFormatException(source.Name, "there is no graph in it; it is not an ONNX model");
            }
            foreach (var tensor in path is null ? [] : GraphWalk.Tensors(model.Proto).Where(IsExternal))
            {
                model.ExternalDataOf(tensor);
            }
            return model;
        }
        catch
        {
            model?.Dispose();
            source.Dispose();
            throw;
        }
    }

    private static ModelProto ParseStructure(StructureBuffer structure, string name)
    {
        try
        {
            return ModelProto.Parser.ParseFrom(structure.Written);
        }
        catch (InvalidProtocolBufferException error)
        {
            throw new OnnxFormatException(name, $"it is not an ONNX model: {error.Message}", error);
        }
    }

    private static bool IsExternal(TensorProto tensor) => tensor.DataLocation == TensorProto.Types.DataLocation.External;
}
