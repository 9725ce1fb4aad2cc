// SPDX-License-Identifier: MIT
using Google.Protobuf;
using Google.Protobuf.Reflection;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Core.Tests.Onnx;

/// <summary>Random models on the wire, in the canonical order of fields, with unknown fields of every wire type at the end of every message.</summary>
internal sealed class RandomMessage(int seed, double unknown)
{
    private readonly Random _random = new(seed);

    public static byte[] Model(int seed, double unknown)
    {
        var maker = new RandomMessage(seed, unknown);
        return maker.Make(ModelProto.Descriptor, 0);
    }

    private byte[] Make(MessageDescriptor message, int depth)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        var chosen = message.Oneofs.ToDictionary(oneof => oneof, oneof => oneof.Fields[_random.Next(oneof.Fields.Count)]);
        foreach (var field in message.Fields.InFieldNumberOrder())
        {
            bool wanted = field.FieldNumber == ModelProto.GraphFieldNumber && message == ModelProto.Descriptor
                || _random.NextDouble() < (depth > 6 ? 0 : depth > 3 ? 0.15 : 0.4);
            // External data need a folder, and nothing but the library writes the number of parked elements.
            bool special = message == TensorProto.Descriptor && field.FieldNumber is TensorProto.DataLocationFieldNumber or TensorProto.ParkedFieldNumber;
            if (wanted && !special && (field.ContainingOneof is not { } oneof || chosen[oneof] == field))
            {
                WriteField(field, output, depth);
            }
        }
        WriteUnknown(output, depth);
        output.Flush();
        return stream.ToArray();
    }

    private void WriteField(FieldDescriptor field, CodedOutputStream output, int depth)
    {
        int count = field.IsRepeated ? _random.Next(1, 4) : 1;
        if (field.IsPacked)
        {
            using var packed = new MemoryStream();
            using var inner = new CodedOutputStream(packed);
            int elements = _random.Next(4) == 0 ? _random.Next(2000) : count;
            for (int i = 0; i < Math.Max(1, elements); i++)
            {
                WriteScalar(field, inner);
            }
            inner.Flush();
            output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
            output.WriteBytes(ByteString.CopyFrom(packed.ToArray()));
            return;
        }
        for (int i = 0; i < count; i++)
        {
            switch (field.FieldType)
            {
                case FieldType.Message:
                    byte[] message = Make(field.MessageType, depth + 1);
                    output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(UnsafeByteOperations.UnsafeWrap(message));
                    break;
                case FieldType.String:
                    output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                    output.WriteString("näme" + _random.Next(1000));
                    break;
                case FieldType.Bytes:
                    output.WriteTag(field.FieldNumber, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(ByteString.CopyFrom(RandomBytes(_random.Next(3) == 0 ? _random.Next(5000) : 5)));
                    break;
                default:
                    output.WriteTag(field.FieldNumber, field.FieldType is FieldType.Float ? WireFormat.WireType.Fixed32 : field.FieldType is FieldType.Double ? WireFormat.WireType.Fixed64 : WireFormat.WireType.Varint);
                    WriteScalar(field, output);
                    break;
            }
        }
    }

    private void WriteScalar(FieldDescriptor field, CodedOutputStream output)
    {
        switch (field.FieldType)
        {
            case FieldType.Float:
                output.WriteFloat(_random.NextSingle());
                break;
            case FieldType.Double:
                output.WriteDouble(_random.NextDouble());
                break;
            case FieldType.Int32 or FieldType.Enum:
                output.WriteInt32(_random.Next(-5, 300));
                break;
            default:
                output.WriteInt64(_random.NextInt64(-5, long.MaxValue) >> _random.Next(60));
                break;
        }
    }

    private void WriteUnknown(CodedOutputStream output, int depth)
    {
        if (_random.NextDouble() >= unknown)
        {
            return;
        }
        output.WriteTag(1001, WireFormat.WireType.Varint);
        output.WriteUInt64((ulong)_random.NextInt64());
        output.WriteTag(1002, WireFormat.WireType.Fixed32);
        output.WriteFixed32((uint)_random.Next());
        output.WriteTag(1003, WireFormat.WireType.Fixed64);
        output.WriteFixed64((ulong)_random.NextInt64());
        output.WriteTag(1004, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(RandomBytes(_random.Next(50))));
        output.WriteTag(1005, WireFormat.WireType.StartGroup);
        output.WriteTag(9, WireFormat.WireType.LengthDelimited);
        output.WriteBytes(ByteString.CopyFrom(RandomBytes(depth % 2 == 0 ? 3 : 2000)));
        output.WriteTag(1005, WireFormat.WireType.EndGroup);
        output.WriteTag((1 << 29) - 1, WireFormat.WireType.Varint);
        output.WriteUInt64(7);
    }

    private byte[] RandomBytes(int count)
    {
        byte[] bytes = new byte[count];
        _random.NextBytes(bytes);
        return bytes;
    }
}
