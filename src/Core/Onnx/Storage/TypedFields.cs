// SPDX-License-Identifier: MIT
using System.Buffers.Binary;
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Onnx.Storage;

/// <summary>The typed fields of a tensor (<c>float_data</c> and its like): which type uses which, and their values as raw bytes.</summary>
internal static class TypedFields
{
    /// <summary>The number of the field that holds elements of a type, 0 if there is none.</summary>
    public static int FieldOf(int dataType) => (DataType)dataType switch
    {
        DataType.Float or DataType.Complex64 => TensorProto.FloatDataFieldNumber,
        DataType.Double or DataType.Complex128 => TensorProto.DoubleDataFieldNumber,
        DataType.Int64 => TensorProto.Int64DataFieldNumber,
        DataType.Uint64 or DataType.Uint32 => TensorProto.Uint64DataFieldNumber,
        DataType.String or DataType.Undefined => 0,
        _ when TensorTypes.BitsOf(dataType) > 0 => TensorProto.Int32DataFieldNumber,
        _ => 0,
    };

    /// <summary>Bytes that one entry of the field stands for; types smaller than a byte come as packed bytes.</summary>
    public static int EntryBytes(int dataType) => FieldOf(dataType) switch
    {
        TensorProto.FloatDataFieldNumber => 4,
        TensorProto.DoubleDataFieldNumber => 8,
        _ => Math.Max(1, TensorTypes.BitsOf(dataType) / 8),
    };

    public static int CountOf(TensorProto tensor) => FieldOf(tensor.DataType) switch
    {
        TensorProto.FloatDataFieldNumber => tensor.FloatData.Count,
        TensorProto.DoubleDataFieldNumber => tensor.DoubleData.Count,
        TensorProto.Int64DataFieldNumber => tensor.Int64Data.Count,
        TensorProto.Uint64DataFieldNumber => tensor.Uint64Data.Count,
        TensorProto.Int32DataFieldNumber => tensor.Int32Data.Count,
        _ => 0,
    };

    /// <summary>The values that the message itself holds.</summary>
    public static byte[] ToRaw(TensorProto tensor)
    {
        int size = EntryBytes(tensor.DataType), count = CountOf(tensor);
        byte[] raw = new byte[checked(size * count)];
        switch (FieldOf(tensor.DataType))
        {
            case TensorProto.FloatDataFieldNumber:
                tensor.FloatData.ToArray().CopyTo(MemoryMarshal.Cast<byte, float>(raw.AsSpan()));
                break;
            case TensorProto.DoubleDataFieldNumber:
                tensor.DoubleData.ToArray().CopyTo(MemoryMarshal.Cast<byte, double>(raw.AsSpan()));
                break;
            case TensorProto.Int64DataFieldNumber:
                tensor.Int64Data.ToArray().CopyTo(MemoryMarshal.Cast<byte, long>(raw.AsSpan()));
                break;
            case TensorProto.Uint64DataFieldNumber:
                for (int i = 0; i < count; i++)
                {
                    Store(tensor.Uint64Data[i], raw.AsSpan(i * size, size));
                }
                break;
            default:
                for (int i = 0; i < count; i++)
                {
                    Store((uint)tensor.Int32Data[i], raw.AsSpan(i * size, size));
                }
                break;
        }
        return raw;
    }

    /// <summary>Stores the low bytes of a value.</summary>
    public static void Store(ulong value, Span<byte> destination)
    {
        switch (destination.Length)
        {
            case 1:
                destination[0] = (byte)value;
                break;
            case 2:
                BinaryPrimitives.WriteUInt16LittleEndian(destination, (ushort)value);
                break;
            case 4:
                BinaryPrimitives.WriteUInt32LittleEndian(destination, (uint)value);
                break;
            default:
                BinaryPrimitives.WriteUInt64LittleEndian(destination, value);
                break;
        }
    }
}
