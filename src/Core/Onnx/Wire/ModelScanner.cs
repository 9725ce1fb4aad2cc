// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using System.Text.Unicode;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Onnx.Storage;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>
/// The first stage of reading: walks the wire format, checks every length against what remains before anything is allocated,
/// and copies all but the elements of tensors, of which it notes the offsets. What it copies is small and goes to the protobuf parser.
/// </summary>
internal sealed class ModelScanner
{
    // What objects take in memory beside their contents, rounded up.
    private const int TextCost = 48, UnknownCost = 256, ChunkCost = 64;

    private readonly ByteSource _source;
    private readonly OnnxLimits _limits;
    private readonly ParkedTensors _parked;
    private readonly WireReader _reader;
    private readonly StructureBuffer _structure = new();
    private readonly FieldPath _path = new();
    private long _decodedBytes;
    private int _groupDepth;

    private ModelScanner(ByteSource source, OnnxLimits limits, ParkedTensors parked)
    {
        _source = source;
        _limits = limits;
        _parked = parked;
        _reader = new WireReader(source);
    }

    /// <summary>The model as a message without the elements of its larger tensors, which are noted in <paramref name="parked"/>.</summary>
    public static StructureBuffer Scan(ByteSource source, OnnxLimits limits, ParkedTensors parked)
    {
        if (source.Length == 0)
        {
            throw new OnnxFormatException(source.Name, "the model is empty");
        }
        if (source.Length > limits.MaxModelBytes)
        {
            throw new OnnxFormatException(source.Name, $"the model has {source.Length} bytes; at most {limits.MaxModelBytes} are accepted (OnnxLimits.MaxModelBytes)");
        }
        var scanner = new ModelScanner(source, limits, parked);
        scanner.CopyMessage(WireSchema.Model, source.Length, TensorLayout.None);
        return scanner._structure;
    }

    private void CopyMessage(WireSchema schema, long end, TensorLayout layout)
    {
        Span<int> counts = stackalloc int[schema.FieldCount];
        Charge(schema.ObjectBytes);
        while (_reader.Position < end)
        {
            var (number, type) = ReadTag(end);
            var field = schema.Find(number);
            if (schema.IsTensor && number == TensorProto.ParkedFieldNumber)
            {
                Fail($"field {number} of a tensor is reserved by this library");
            }
            if (field is null || !field.Accepts(type))
            {
                Charge(UnknownCost);
                CopyUnknown(number, type, end);
                continue;
            }
            int index = counts[field.Slot]++;
            if (type != WireType.LengthDelimited)
            {
                Charge(field.ElementBytes);
                CopyUnknown(number, type, end);
            }
            else if (layout.Lifts(number))
            {
                long length = ReadLength(end);
                _reader.Position += length;
            }
            else
            {
                _path.Push(field, index);
                CopyField(field, index, end);
                _path.Pop();
            }
        }
    }

    private void CopyField(WireField field, int index, long end)
    {
        long length = ReadLength(end);
        if (field.Child is null)
        {
            Charge(field.Kind switch
            {
                WireKind.Text => TextCost + 2 * length,
                WireKind.Varint => field.ElementBytes * length,
                _ => TextCost + length,
            });
            var copy = CopyBytes(field.Number, length);
            if (field.Kind == WireKind.Text && !Utf8.IsValid(copy))
            {
                Fail("the text is not UTF-8");
            }
            return;
        }
        if (index > 0 && !field.Repeated && field.Child.HoldsTensors)
        {
            Fail("the field occurs twice");
        }
        if (_path.Depth + _groupDepth >= _limits.MaxDepth)
        {
            Fail($"messages are nested more than {_limits.MaxDepth} deep (OnnxLimits.MaxDepth)");
        }
        long childEnd = _reader.Position + length;
        var layout = field.Child.IsTensor ? MeasureTensor(field.Child, childEnd) : TensorLayout.None;
        _structure.WriteTag(field.Number, WireType.LengthDelimited);
        int start = _structure.BeginMessage();
        CopyMessage(field.Child, childEnd, layout);
        if (!layout.IsEmpty)
        {
            _structure.WriteTag(TensorProto.ParkedFieldNumber, WireType.Fixed64);
            _structure.WriteFixed64(_parked.Add(layout.Fields(_source)));
        }
        _structure.EndMessage(start);
    }

    /// <summary>Finds out which fields of a tensor to leave in the file, and goes back to its beginning.</summary>
    private TensorLayout MeasureTensor(WireSchema schema, long end)
    {
        long start = _reader.Position;
        var layout = new TensorLayout();
        int openGroups = 0;
        while (_reader.Position < end)
        {
            var (number, type) = ReadTag(end);
            var payload = openGroups == 0 && TensorLayout.IsPayload(number) ? schema.Find(number) : null;
            if (type == WireType.LengthDelimited)
            {
                long length = ReadLength(end);
                if (payload is not null)
                {
                    Charge(ChunkCost);
                    layout.Add(number, _reader.Position, length);
                    if (payload.Kind is WireKind.Fixed32 or WireKind.Fixed64 && length % payload.ElementBytes != 0)
                    {
                        Fail($"{payload.Name} has {length} bytes, not a multiple of {payload.ElementBytes}");
                    }
                }
                _reader.Position += length;
                continue;
            }
            if (payload is not null && payload.Accepts(type))
            {
                layout.KeepUnpacked(number);
            }
            openGroups += type == WireType.StartGroup ? 1 : type == WireType.EndGroup ? -1 : 0;
            SkipValue(number, type, end);
        }
        layout.Decide();
        if (layout.LargestBytes > _limits.MaxTensorBytes)
        {
            Fail($"the tensor has {layout.LargestBytes} bytes; at most {_limits.MaxTensorBytes} are accepted (OnnxLimits.MaxTensorBytes)");
        }
        _reader.Position = start;
        return layout;
    }

    private void CopyUnknown(int number, WireType type, long end)
    {
        switch (type)
        {
            case WireType.Varint:
                ulong value = ReadVarint(end);
                _structure.WriteTag(number, type);
                _structure.WriteVarint(value);
                break;
            case WireType.Fixed32 or WireType.Fixed64:
                int count = type == WireType.Fixed32 ? 4 : 8;
                Need(count, end);
                _structure.WriteTag(number, type);
                _reader.Read(_structure.Take(count));
                break;
            case WireType.LengthDelimited:
                long length = ReadLength(end);
                Charge(length);
                CopyBytes(number, length);
                break;
            case WireType.StartGroup:
                CopyGroup(number, end);
                break;
            default:
                Fail($"field {number} has wire type {(int)type}, which has no place here");
                break;
        }
        CheckStructure(0);
    }

    private void CopyGroup(int number, long end)
    {
        if (_path.Depth + ++_groupDepth >= _limits.MaxDepth)
        {
            Fail($"messages are nested more than {_limits.MaxDepth} deep (OnnxLimits.MaxDepth)");
        }
        _structure.WriteTag(number, WireType.StartGroup);
        while (true)
        {
            var (inner, type) = ReadTag(end);
            if (type == WireType.EndGroup)
            {
                if (inner != number)
                {
                    Fail($"group {number} is closed as group {inner}");
                }
                break;
            }
            Charge(UnknownCost);
            CopyUnknown(inner, type, end);
        }
        _structure.WriteTag(number, WireType.EndGroup);
        _groupDepth--;
    }

    // Groups are not checked here: what is skipped now is copied, and checked, afterwards.
    private void SkipValue(int number, WireType type, long end)
    {
        switch (type)
        {
            case WireType.Varint:
                ReadVarint(end);
                break;
            case WireType.Fixed32 or WireType.Fixed64:
                int count = type == WireType.Fixed32 ? 4 : 8;
                Need(count, end);
                _reader.Position += count;
                break;
            case WireType.StartGroup or WireType.EndGroup:
                break;
            default:
                Fail($"field {number} has wire type {(int)type}, which has no place here");
                break;
        }
    }

    private ReadOnlySpan<byte> CopyBytes(int number, long length)
    {
        CheckStructure(length);
        _structure.WriteTag(number, WireType.LengthDelimited);
        _structure.WriteVarint((ulong)length);
        var span = _structure.Take((int)length);
        _reader.Read(span);
        return span;
    }

    private (int Number, WireType Type) ReadTag(long end)
    {
        long start = _reader.Position;
        ulong tag = ReadVarint(end);
        if (tag > uint.MaxValue || tag >> 3 == 0 || _reader.Position - start > 5)
        {
            Fail($"{tag} is no field tag");
        }
        return ((int)(tag >> 3), (WireType)(tag & 7));
    }

    private long ReadLength(long end)
    {
        ulong length = ReadVarint(end);
        long remaining = end - _reader.Position;
        if (length > (ulong)remaining)
        {
            Fail($"{length} bytes are announced and {remaining} remain");
        }
        return (long)length;
    }

    private ulong ReadVarint(long end)
    {
        ulong value = 0;
        for (int shift = 0; shift < 70; shift += 7)
        {
            Need(1, end);
            byte next = _reader.ReadByte();
            if (shift == 63 && next > 1)
            {
                break;
            }
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
        Fail("a variable-length integer exceeds 64 bits");
        return 0;
    }

    private void Need(int count, long end)
    {
        if (end - _reader.Position < count)
        {
            Fail("the message ends in the middle of a field");
        }
    }

    private void CheckStructure(long more)
    {
        if (_structure.Length + more > _limits.MaxStructureBytes)
        {
            Fail($"the model without its tensors exceeds {_limits.MaxStructureBytes} bytes (OnnxLimits.MaxStructureBytes)");
        }
    }

    private void Charge(long bytes)
    {
        _decodedBytes += bytes;
        if (_decodedBytes > _limits.MaxDecodedBytes)
        {
            Fail($"the graph would take more than {_limits.MaxDecodedBytes} bytes of memory (OnnxLimits.MaxDecodedBytes)");
        }
    }

    [DoesNotReturn]
    private void Fail(string problem) => throw new OnnxFormatException($"{_source.Name}, {_path} at byte {_reader.Position}", problem);
}
