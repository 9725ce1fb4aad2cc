// SPDX-License-Identifier: MIT
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Onnx;

/// <summary>What the element types of tensors are: names, sizes, the IR version that brought them.</summary>
public static class TensorTypes
{
    /// <summary>Bits of one element, or 0 for strings and types that are not known.</summary>
    public static int BitsOf(int dataType) => (DataType)dataType switch
    {
        DataType.Uint2 or DataType.Int2 => 2,
        DataType.Uint4 or DataType.Int4 or DataType.Float4E2M1 => 4,
        DataType.Bool or DataType.Int8 or DataType.Uint8 => 8,
        DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz or DataType.Float8E8M0 => 8,
        DataType.Int16 or DataType.Uint16 or DataType.Float16 or DataType.Bfloat16 => 16,
        DataType.Int32 or DataType.Uint32 or DataType.Float => 32,
        DataType.Int64 or DataType.Uint64 or DataType.Double or DataType.Complex64 => 64,
        DataType.Complex128 => 128,
        _ => 0,
    };

    /// <summary>Bytes that <paramref name="elements"/> elements take in <c>raw_data</c>; elements smaller than a byte share one, the last is filled with zero bits.</summary>
    /// <exception cref="ArgumentException">Elements of this type have no fixed size.</exception>
    /// <exception cref="OverflowException">The size exceeds 64 bits.</exception>
    public static long BytesOf(int dataType, long elements)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(elements);
        int bits = BitsOf(dataType);
        return bits switch
        {
            0 => throw new ArgumentException($"Elements of type {NameOf(dataType)} have no fixed size.", nameof(dataType)),
            < 8 => elements / (8 / bits) + (elements % (8 / bits) == 0 ? 0 : 1),
            _ => checked(elements * (bits / 8)),
        };
    }

    /// <summary>Whether this library knows the type.</summary>
    public static bool IsKnown(int dataType) => BitsOf(dataType) > 0 || dataType == (int)DataType.String;

    /// <summary>The name that ONNX gives the type, such as <c>FLOAT16</c>.</summary>
    public static string NameOf(int dataType) =>
        IsKnown(dataType) ? ((DataType)dataType).ToString().ToUpperInvariant() : dataType == 0 ? "UNDEFINED" : $"type {dataType}";

    /// <summary>The first IR version whose models may hold the type.</summary>
    public static int FirstIrVersion(int dataType) => (DataType)dataType switch
    {
        DataType.Bfloat16 => 4,
        DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz => 9,
        DataType.Uint4 or DataType.Int4 => 10,
        DataType.Float4E2M1 => 11,
        DataType.Float8E8M0 => 12,
        DataType.Uint2 or DataType.Int2 => 13,
        _ => 1,
    };

    /// <summary>The first version of the standard operators that takes the type.</summary>
    public static int FirstOpset(int dataType) => (DataType)dataType switch
    {
        DataType.Bfloat16 => 13,
        DataType.Float8E4M3Fn or DataType.Float8E4M3Fnuz or DataType.Float8E5M2 or DataType.Float8E5M2Fnuz => 19,
        DataType.Uint4 or DataType.Int4 => 21,
        DataType.Float4E2M1 => 23,
        DataType.Float8E8M0 => 24,
        DataType.Uint2 or DataType.Int2 => 25,
        _ => 1,
    };
}
