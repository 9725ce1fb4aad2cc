// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Diagnostics;

namespace MLNetExtensions.Onnx.Wire;

/// <summary>A field in a message that the protobuf library has just serialized, and that is therefore well-formed.</summary>
internal readonly record struct StructureField(int Number, WireType Type, int Start, int ContentStart, int End)
{
    public static StructureField At(byte[] message, int position)
    {
        int cursor = position;
        ulong tag = ReadVarint(message, ref cursor);
        var (number, type) = ((int)(tag >> 3), (WireType)(tag & 7));
        int content = cursor;
        switch (type)
        {
            case WireType.Varint:
                ReadVarint(message, ref cursor);
                break;
            case WireType.Fixed32:
                cursor += 4;
                break;
            case WireType.Fixed64:
                cursor += 8;
                break;
            case WireType.LengthDelimited:
                int length = (int)ReadVarint(message, ref cursor);
                content = cursor;
                cursor += length;
                break;
            case WireType.StartGroup:
                StructureField inner;
                do
                {
                    inner = At(message, cursor);
                    cursor = inner.End;
                }
                while (inner.Type != WireType.EndGroup);
                break;
            default:
                Debug.Assert(type == WireType.EndGroup);
                break;
        }
        return new StructureField(number, type, position, content, cursor);
    }

    public ulong Fixed64(byte[] message) => BinaryPrimitives.ReadUInt64LittleEndian(message.AsSpan(ContentStart));

    private static ulong ReadVarint(byte[] message, ref int cursor)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte next = message[cursor++];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }
    }
}
