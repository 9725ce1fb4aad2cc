// SPDX-License-Identifier: MIT
using System.Buffers;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Onnx;

/// <summary>Elements of tensors as numbers.</summary>
public static class TensorElements
{
    private const int PieceElements = 1 << 14;

    /// <summary>How many elements a tensor has; one without dimensions has one.</summary>
    /// <exception cref="OnnxFormatException">A dimension is negative, or the product exceeds 64 bits.</exception>
    public static long ElementCount(TensorProto tensor)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        return ElementCount(tensor, $"tensor '{tensor.Name}'");
    }

    /// <summary>Whether <see cref="ReadSingles"/> can read elements of this type.</summary>
    public static bool AreFloats(int dataType) =>
        (DataType)dataType is DataType.Float or DataType.Float16 or DataType.Bfloat16 or DataType.Double;

    /// <summary>Reads elements of a FLOAT, FLOAT16, BFLOAT16 or DOUBLE tensor as single precision.</summary>
    /// <param name="tensor">The tensor; it gives the type.</param>
    /// <param name="data">Its bytes.</param>
    /// <param name="firstElement">The element that <paramref name="destination"/> begins with.</param>
    /// <param name="destination">Filled with elements.</param>
    /// <exception cref="ArgumentException">The elements are of another type, or there are too few.</exception>
    public static void ReadSingles(TensorProto tensor, TensorData data, long firstElement, Span<float> destination)
    {
        ArgumentNullException.ThrowIfNull(tensor);
        ArgumentNullException.ThrowIfNull(data);
        switch ((DataType)tensor.DataType)
        {
            case DataType.Float:
                data.Read(checked(firstElement * sizeof(float)), MemoryMarshal.AsBytes(destination));
                break;
            case DataType.Float16:
                ReadConverted<Half>(data, firstElement, destination, static (from, to) => TensorPrimitives.ConvertToSingle(from, to));
                break;
            case DataType.Bfloat16:
                ReadConverted<ushort>(data, firstElement, destination, Widen);
                break;
            case DataType.Double:
                ReadConverted<double>(data, firstElement, destination, static (from, to) => TensorPrimitives.ConvertTruncating(from, to));
                break;
            default:
                throw new ArgumentException($"Tensor '{tensor.Name}' holds {TensorTypes.NameOf(tensor.DataType)}; FLOAT, FLOAT16, BFLOAT16 or DOUBLE is needed.", nameof(tensor));
        }
    }

    /// <summary>Bytes that the elements take in <c>raw_data</c>.</summary>
    internal static long ByteLength(TensorProto tensor, string where)
    {
        long elements = ElementCount(tensor, where);
        if (tensor.DataType == (int)DataType.String)
        {
            throw new ArgumentException($"Tensor '{tensor.Name}' holds strings, which have no bytes of their own; read StringData.", nameof(tensor));
        }
        if (TensorTypes.BitsOf(tensor.DataType) == 0)
        {
            throw new OnnxFormatException(where, $"its element type is {TensorTypes.NameOf(tensor.DataType)}, which is not known");
        }
        try
        {
            return TensorTypes.BytesOf(tensor.DataType, elements);
        }
        catch (OverflowException error)
        {
            throw new OnnxFormatException(where, $"its shape [{string.Join(", ", tensor.Dims)}] takes more bytes than 64 bits can count", error);
        }
    }

    private static long ElementCount(TensorProto tensor, string where)
    {
        // A zero anywhere makes the product zero, however large the others.
        Int128 count = 1;
        foreach (long size in tensor.Dims)
        {
            if (size < 0)
            {
                throw new OnnxFormatException(where, $"its shape [{string.Join(", ", tensor.Dims)}] has a negative dimension");
            }
            count *= size;
            if (count > long.MaxValue)
            {
                throw new OnnxFormatException(where, $"its shape [{string.Join(", ", tensor.Dims)}] has more elements than 64 bits can count");
            }
        }
        return (long)count;
    }

    private delegate void Convert<T>(ReadOnlySpan<T> from, Span<float> to);

    private static void ReadConverted<T>(TensorData data, long firstElement, Span<float> destination, Convert<T> convert)
        where T : unmanaged
    {
        T[] buffer = ArrayPool<T>.Shared.Rent(Math.Min(PieceElements, destination.Length));
        try
        {
            while (!destination.IsEmpty)
            {
                var piece = buffer.AsSpan(0, Math.Min(buffer.Length, destination.Length));
                data.Read(checked(firstElement * Marshal.SizeOf<T>()), MemoryMarshal.AsBytes(piece));
                convert(piece, destination);
                destination = destination[piece.Length..];
                firstElement += piece.Length;
            }
        }
        finally
        {
            ArrayPool<T>.Shared.Return(buffer);
        }
    }

    // A bfloat16 is the upper half of a single.
    private static void Widen(ReadOnlySpan<ushort> from, Span<float> to)
    {
        for (int i = 0; i < from.Length; i++)
        {
            to[i] = BitConverter.UInt32BitsToSingle((uint)from[i] << 16);
        }
    }
}
