// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Storage;

/// <summary>A field of a tensor whose values were left where they are: <c>raw_data</c> or one of the packed typed fields.</summary>
/// <param name="Number">The field number.</param>
/// <param name="Chunks">The bytes of each occurrence of the field, in order.</param>
internal sealed record ParkedField(int Number, TensorData[] Chunks)
{
    public long ByteLength => Chunks.Sum(chunk => chunk.ByteLength);

    public TensorData Data => Chunks.Length == 1 ? Chunks[0] : new ChunkedTensorData(Chunks);
}
