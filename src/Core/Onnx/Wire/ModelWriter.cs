// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Google.Protobuf;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Onnx.Storage;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>The mirror image of <see cref="ModelScanner"/>: serializes the graph and, while writing it out, puts the elements of parked tensors back into their places.</summary>
internal sealed class ModelWriter
{
    private readonly byte[] _structure;
    private readonly ParkedTensors _parked;
    // Lengths of the messages that may hold tensors, in the order in which they begin.
    private readonly List<long> _lengths = [];
    private int _nextLength;

    public ModelWriter(ModelProto proto, ParkedTensors parked)
    {
        _structure = proto.ToByteArray();
        _parked = parked;
        TotalBytes = Measure(0, _structure.Length, WireSchema.Model);
    }

    /// <summary>Bytes of the complete message.</summary>
    public long TotalBytes { get; }

    public void WriteTo(Stream stream, SaveProgress progress)
    {
        _nextLength = 0;
        Write(0, _structure.Length, WireSchema.Model, stream, progress);
        Debug.Assert(_nextLength == _lengths.Count);
    }

    private long Measure(int start, int end, WireSchema schema)
    {
        long total = 0;
        for (int position = start; position < end;)
        {
            var field = StructureField.At(_structure, position);
            if (IsMarker(field, schema))
            {
                total += _parked.At(field.Fixed64(_structure)).Sum(parked => parked.Chunks.Sum(chunk => FieldBytes(parked.Number, chunk.ByteLength)));
            }
            else if (NestedSchema(field, schema) is { } child)
            {
                int slot = _lengths.Count;
                _lengths.Add(0);
                long length = Measure(field.ContentStart, field.End, child);
                _lengths[slot] = length;
                total += FieldBytes(field.Number, length);
            }
            else
            {
                total += field.End - field.Start;
            }
            position = field.End;
        }
        return total;
    }

    private void Write(int start, int end, WireSchema schema, Stream stream, SaveProgress progress)
    {
        var waiting = schema.IsTensor ? new Queue<ParkedField>(ParkedIn(start, end, schema)) : [];
        int copied = start;
        for (int position = start; position < end;)
        {
            var field = StructureField.At(_structure, position);
            // Known fields come in the order of their numbers and unknown ones after them, the marker between the two.
            bool elementsFirst = waiting.TryPeek(out var next) && next.Number < field.Number;
            var child = NestedSchema(field, schema);
            bool marker = IsMarker(field, schema);
            if (elementsFirst || child is not null || marker)
            {
                stream.Write(_structure, copied, position - copied);
                copied = position;
            }
            while (waiting.TryPeek(out next) && next.Number < field.Number)
            {
                WriteElements(waiting.Dequeue(), stream, progress);
            }
            if (child is not null)
            {
                WriteHeader(field.Number, _lengths[_nextLength++], stream);
                Write(field.ContentStart, field.End, child, stream, progress);
            }
            copied = child is not null || marker ? field.End : copied;
            position = field.End;
        }
        stream.Write(_structure, copied, end - copied);
    }

    private ParkedField[] ParkedIn(int start, int end, WireSchema schema)
    {
        for (int position = start; position < end;)
        {
            var field = StructureField.At(_structure, position);
            if (IsMarker(field, schema))
            {
                return _parked.At(field.Fixed64(_structure));
            }
            position = field.End;
        }
        return [];
    }

    private static void WriteElements(ParkedField parked, Stream stream, SaveProgress progress)
    {
        foreach (var chunk in parked.Chunks)
        {
            WriteHeader(parked.Number, chunk.ByteLength, stream);
            chunk.CopyTo(stream, progress.CancellationToken);
            progress.Add(chunk.ByteLength);
        }
    }

    private static void WriteHeader(int number, long length, Stream stream)
    {
        Span<byte> header = stackalloc byte[2 * Varint.MaxBytes];
        int count = Varint.Write(Tag(number), header);
        count += Varint.Write((ulong)length, header[count..]);
        stream.Write(header[..count]);
    }

    private static long FieldBytes(int number, long length) => Varint.SizeOf(Tag(number)) + Varint.SizeOf((ulong)length) + length;

    private static ulong Tag(int number) => (ulong)number << 3 | (uint)WireType.LengthDelimited;

    private static bool IsMarker(StructureField field, WireSchema schema) =>
        field.Number == TensorProto.ParkedFieldNumber && field.Type == WireType.Fixed64 && schema.IsTensor;

    private static WireSchema? NestedSchema(StructureField field, WireSchema schema) =>
        field.Type == WireType.LengthDelimited && schema.Find(field.Number)?.Child is { HoldsTensors: true } child ? child : null;
}
