// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Onnx.Storage;

/// <summary>Writes tensors one after another to a file of their own and notes in the graph where they are.</summary>
internal static class ExternalDataWriter
{
    // The size of a memory page, so that a reader can map each tensor.
    private const int Alignment = 4096;

    public static void Write(IEnumerable<TensorProto> tensors, Func<TensorProto, TensorData> dataOf, string fileName, Stream stream, SaveProgress progress)
    {
        byte[] padding = new byte[Alignment];
        long position = 0;
        foreach (var tensor in tensors)
        {
            progress.CancellationToken.ThrowIfCancellationRequested();
            int gap = (int)(-position & (Alignment - 1));
            stream.Write(padding, 0, gap);
            position += gap;
            var data = dataOf(tensor);
            data.CopyTo(stream, progress.CancellationToken);
            OnnxModel.ClearElements(tensor);
            tensor.DataLocation = TensorProto.Types.DataLocation.External;
            AddEntry(tensor, "location", fileName);
            AddEntry(tensor, "offset", position.ToString(CultureInfo.InvariantCulture));
            AddEntry(tensor, "length", data.ByteLength.ToString(CultureInfo.InvariantCulture));
            position += data.ByteLength;
            progress.Add(data.ByteLength);
        }
    }

    private static void AddEntry(TensorProto tensor, string key, string value) =>
        tensor.ExternalData.Add(new StringStringEntryProto { Key = key, Value = value });
}
