// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>Walks over the fields of a protobuf message.</summary>
internal ref struct WireReader
{
    private ReadOnlySpan<byte> _rest;

    internal WireReader(ReadOnlySpan<byte> message) => _rest = message;

    /// <summary>The number of the field last read.</summary>
    internal int Field { get; private set; }

    /// <summary>Its value where it is a number.</summary>
    internal ulong Number { get; private set; }

    /// <summary>Its bytes where it is a message, a text or bytes.</summary>
    internal ReadOnlySpan<byte> Bytes { get; private set; }

    internal bool Next()
    {
        if (_rest.IsEmpty)
        {
            return false;
        }

        ulong key = Varint();
        Field = (int)(key >> 3);
        Number = 0;
        Bytes = default;
        switch (key & 7)
        {
            case 0:
                Number = Varint();
                break;
            case 1:
                Take(8);
                break;
            case 2:
                Bytes = Take(checked((int)Varint()));
                break;
            case 5:
                Take(4);
                break;
            default:
                throw new FormatException("The ONNX model has a field of an unknown kind.");
        }

        return true;
    }

    private ReadOnlySpan<byte> Take(int count)
    {
        if (count > _rest.Length)
        {
            throw new FormatException("The ONNX model ends inside a field.");
        }

        ReadOnlySpan<byte> taken = _rest[..count];
        _rest = _rest[count..];
        return taken;
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (int shift = 0; shift < 64; shift += 7)
        {
            byte next = Take(1)[0];
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw new FormatException("The ONNX model has a number that is too long.");
    }
}
