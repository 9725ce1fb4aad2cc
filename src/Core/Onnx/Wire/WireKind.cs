// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Wire;

/// <summary>How a field's value looks on the wire.</summary>
internal enum WireKind
{
    Varint,
    Fixed32,
    Fixed64,
    Text,
    Bytes,
    Message,
}
