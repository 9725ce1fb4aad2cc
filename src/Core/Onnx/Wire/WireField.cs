// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Onnx.Wire;

/// <summary>A field of a message as the scanner needs to know it.</summary>
/// <param name="Number">The field number.</param>
/// <param name="Name">The name in the .proto.</param>
/// <param name="Slot">The place among the message's fields.</param>
/// <param name="Kind">What its value is.</param>
/// <param name="Repeated">Whether it may occur more than once.</param>
/// <param name="ElementBytes">What a scalar takes in memory.</param>
/// <param name="Child">The message it holds, if it holds one.</param>
internal sealed record WireField(int Number, string Name, int Slot, WireKind Kind, bool Repeated, int ElementBytes, WireSchema? Child)
{
    public bool IsScalar => Kind is WireKind.Varint or WireKind.Fixed32 or WireKind.Fixed64;

    /// <summary>Whether a value of this wire type belongs to the field; if not, a parser treats it as an unknown field.</summary>
    public bool Accepts(WireType type) => type switch
    {
        WireType.Varint => Kind == WireKind.Varint,
        WireType.Fixed32 => Kind == WireKind.Fixed32,
        WireType.Fixed64 => Kind == WireKind.Fixed64,
        WireType.LengthDelimited => !IsScalar || Repeated,
        _ => false,
    };
}
