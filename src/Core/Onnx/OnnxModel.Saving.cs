// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Onnx.Storage;
using MLNetExtensions.Onnx.Wire;

namespace MLNetExtensions.Onnx;

public sealed partial class OnnxModel
{
    /// <summary>
    /// Writes the model to a file, complete or not at all: under a temporary name first, so that a failed or cancelled save leaves an old file
    /// untouched. The model's own file may be written over.
    /// </summary>
    /// <exception cref="InvalidOperationException">The model exceeds 2 GiB and <see cref="ExternalDataUse.Never"/> was asked for.</exception>
    /// <exception cref="IOException">The folder does not exist, is full or can't be written to.</exception>
    /// <exception cref="UnauthorizedAccessException">The folder is read-only.</exception>
    public void Save(string path, OnnxSaveOptions? options = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        options ??= new OnnxSaveOptions();
        options.CancellationToken.ThrowIfCancellationRequested();
        var proto = SelfContained();
        var writer = new ModelWriter(proto, _parked);
        bool apart = options.ExternalData == ExternalDataUse.Always
            || (options.ExternalData == ExternalDataUse.WhenLarge && writer.TotalBytes > options.ExternalDataThreshold);
        if (!apart)
        {
            CheckSingleFile(writer);
        }
        try
        {
            using var file = new FileReplacement(path);
            if (apart)
            {
                SaveWithExternalData(proto, file, options);
            }
            else
            {
                WriteSingle(writer, file, options);
            }
        }
        catch (IOException error)
        {
            throw new IOException($"Saving the model to '{path}' failed: {error.Message}", error);
        }
        catch (UnauthorizedAccessException error)
        {
            throw new UnauthorizedAccessException($"Saving the model to '{path}' failed: {error.Message}", error);
        }
        options.Progress?.Report(1);
    }

    /// <summary>Writes the model, external data included, as one message.</summary>
    /// <exception cref="InvalidOperationException">The model exceeds 2 GiB.</exception>
    public void WriteTo(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var writer = new ModelWriter(SelfContained(), _parked);
        CheckSingleFile(writer);
        writer.WriteTo(stream, new SaveProgress(null, writer.TotalBytes, CancellationToken.None));
    }

    /// <summary>The model, external data included, as one message.</summary>
    /// <exception cref="InvalidOperationException">The model exceeds 2 GiB.</exception>
    public byte[] ToBytes()
    {
        var writer = new ModelWriter(SelfContained(), _parked);
        CheckSingleFile(writer);
        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)writer.TotalBytes);
        using var stream = new MemoryStream(bytes);
        writer.WriteTo(stream, new SaveProgress(null, writer.TotalBytes, CancellationToken.None));
        return bytes;
    }

    /// <summary>A copy of the graph whose tensors neither refer to other files nor hold large elements themselves.</summary>
    private ModelProto SelfContained()
    {
        var copy = Proto.Clone();
        foreach (var tensor in GraphWalk.Tensors(copy))
        {
            // Also notices a tensor that was moved here from another model and left its elements there.
            _parked.Of(tensor);
            if (IsExternal(tensor))
            {
                SetData(tensor, ExternalDataOf(tensor));
            }
            else if (tensor.RawData.Length > TensorLayout.InlineBytes && !tensor.HasParked)
            {
                var raw = TensorData.FromBytes(tensor.RawData.Memory);
                tensor.ClearRawData();
                tensor.Parked = _parked.Add(new ParkedField(TensorProto.RawDataFieldNumber, [raw]));
            }
        }
        return copy;
    }

    private void SaveWithExternalData(ModelProto proto, FileReplacement file, OnnxSaveOptions options)
    {
        string folder = System.IO.Path.GetDirectoryName(file.FullPath)!;
        string name = options.ExternalDataFileName ?? System.IO.Path.GetFileName(file.FullPath) + ".data";
        if (name == System.IO.Path.GetFileName(file.FullPath))
        {
            throw new ArgumentException($"External data can't have the model's own name '{name}'.", nameof(options));
        }
        var tensors = GraphWalk.Tensors(proto, attributes: false).Where(HasLargeElements).ToList();
        long inAttributes = GraphWalk.Tensors(proto).Where(HasLargeElements).Sum(ByteLengthOf) - tensors.Sum(ByteLengthOf);
        // ONNX Runtime of some versions wants attributes whole, so those move only if the model would not fit otherwise.
        if (inAttributes > options.ExternalDataThreshold)
        {
            tensors = [.. GraphWalk.Tensors(proto).Where(HasLargeElements)];
        }
        if (tensors.Count == 0)
        {
            WriteSingle(new ModelWriter(proto, _parked), file, options);
            return;
        }
        using var data = new FileReplacement(System.IO.Path.Combine(folder, name));
        var progress = new SaveProgress(options.Progress, tensors.Sum(ByteLengthOf) + inAttributes, options.CancellationToken);
        ExternalDataWriter.Write(tensors, DataOf, name, data.Stream, progress);
        var writer = new ModelWriter(proto, _parked);
        CheckSingleFile(writer);
        writer.WriteTo(file.Stream, progress);
        options.CancellationToken.ThrowIfCancellationRequested();
        data.CommitKeepingOld();
        file.Commit();
        data.Complete();
    }

    private static void WriteSingle(ModelWriter writer, FileReplacement file, OnnxSaveOptions options)
    {
        writer.WriteTo(file.Stream, new SaveProgress(options.Progress, writer.TotalBytes, options.CancellationToken));
        options.CancellationToken.ThrowIfCancellationRequested();
        file.Commit();
    }

    private static bool HasLargeElements(TensorProto tensor) =>
        TensorTypes.BitsOf(tensor.DataType) > 0 && (tensor.HasParked || ByteLengthOf(tensor) > TensorLayout.InlineBytes);

    private static long ByteLengthOf(TensorProto tensor) => TensorElements.ByteLength(tensor, tensor.Name);

    private static void CheckSingleFile(ModelWriter writer)
    {
        if (writer.TotalBytes > int.MaxValue)
        {
            throw new InvalidOperationException($"The model has {writer.TotalBytes} bytes; one protobuf message holds less than 2 GiB. Save it with external data (OnnxSaveOptions.ExternalData).");
        }
    }
}
