// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Onnx.Storage;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>Where the elements of one tensor lie in the file, and which of its fields are left there.</summary>
internal sealed class TensorLayout
{
    /// <summary>Elements up to this size stay in the message: a scale, a shape, an axis list.</summary>
    public const int InlineBytes = 1024;

    public static readonly TensorLayout None = new();

    private const int PayloadMask =
        1 << TensorProto.FloatDataFieldNumber | 1 << TensorProto.Int32DataFieldNumber | 1 << TensorProto.Int64DataFieldNumber
        | 1 << TensorProto.RawDataFieldNumber | 1 << TensorProto.DoubleDataFieldNumber | 1 << TensorProto.Uint64DataFieldNumber;

    private readonly List<(int Number, long Offset, long Length)> _chunks = [];
    private int _unpacked;
    private int _lifted;

    public bool IsEmpty => _lifted == 0;

    /// <summary>Bytes of the largest field.</summary>
    public long LargestBytes { get; private set; }

    public static bool IsPayload(int number) => number < 32 && (PayloadMask >> number & 1) != 0;

    public bool Lifts(int number) => number < 32 && (_lifted >> number & 1) != 0;

    public void Add(int number, long offset, long length) => _chunks.Add((number, offset, length));

    /// <summary>A field that comes, in part, one tag per element is left to the parser: pieces left in the file and pieces kept would change places.</summary>
    public void KeepUnpacked(int number) => _unpacked |= 1 << number;

    public void Decide()
    {
        foreach (var field in _chunks.GroupBy(chunk => chunk.Number))
        {
            // Of raw_data, which is not repeated, the last occurrence counts.
            long bytes = field.Key == TensorProto.RawDataFieldNumber ? field.Last().Length : field.Sum(chunk => chunk.Length);
            LargestBytes = Math.Max(LargestBytes, bytes);
            if (bytes > InlineBytes && (_unpacked >> field.Key & 1) == 0)
            {
                _lifted |= 1 << field.Key;
            }
        }
    }

    public ParkedField[] Fields(ByteSource source) =>
    [
        .. from chunk in _chunks
           where Lifts(chunk.Number)
           group chunk by chunk.Number into field
           orderby field.Key
           let kept = field.Key == TensorProto.RawDataFieldNumber ? field.TakeLast(1) : field
           select new ParkedField(field.Key, [.. kept.Select(chunk => source.Slice(chunk.Offset, chunk.Length))]),
    ];
}
