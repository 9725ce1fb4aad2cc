// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNetExtensions.Onnx.Running;

/// <summary>An array of ours that ONNX Runtime reads or writes in place, for a batch of rows or for one whole tensor.</summary>
public abstract class TensorBuffer
{
    private readonly long[] _shape;

    private protected TensorBuffer(string name, IReadOnlyList<long> rowShape, int capacity, bool batched)
    {
        Name = name;
        RowShape = rowShape;
        Capacity = capacity;
        IsBatched = batched;
        RowLength = LengthOf(rowShape);
        _shape = batched ? [capacity, .. rowShape] : [.. rowShape];
    }

    /// <summary>The input or output that it belongs to.</summary>
    public string Name { get; }

    /// <summary>The shape of one row, without the batch dimension.</summary>
    public IReadOnlyList<long> RowShape { get; }

    /// <summary>How many elements a row has.</summary>
    public int RowLength { get; }

    /// <summary>How many rows fit.</summary>
    public int Capacity { get; }

    /// <summary>True when a leading dimension counts the rows; false when the row is the whole tensor.</summary>
    public bool IsBatched { get; }

    /// <summary>The .NET type of an element.</summary>
    public abstract Type ElementType { get; }

    /// <summary>The tensor's shape when it holds <paramref name="rows"/> rows.</summary>
    public IReadOnlyList<long> ShapeOf(int rows)
    {
        if (!IsBatched)
        {
            return _shape;
        }
        long[] shape = [.. _shape];
        shape[0] = rows;
        return shape;
    }

    /// <summary>A buffer for elements of an ONNX type.</summary>
    /// <exception cref="NotSupportedException">Elements of that type have no column type in ML.NET.</exception>
    public static TensorBuffer Create(string name, TensorElementType type, IReadOnlyList<long> rowShape, int capacity, bool batched)
    {
        ArgumentNullException.ThrowIfNull(name);
        ArgumentNullException.ThrowIfNull(rowShape);
        return type switch
        {
            TensorElementType.Float => new TensorBuffer<float>(name, rowShape, capacity, batched),
            TensorElementType.Double => new TensorBuffer<double>(name, rowShape, capacity, batched),
            TensorElementType.Int8 => new TensorBuffer<sbyte>(name, rowShape, capacity, batched),
            TensorElementType.UInt8 => new TensorBuffer<byte>(name, rowShape, capacity, batched),
            TensorElementType.Int16 => new TensorBuffer<short>(name, rowShape, capacity, batched),
            TensorElementType.UInt16 => new TensorBuffer<ushort>(name, rowShape, capacity, batched),
            TensorElementType.Int32 => new TensorBuffer<int>(name, rowShape, capacity, batched),
            TensorElementType.UInt32 => new TensorBuffer<uint>(name, rowShape, capacity, batched),
            TensorElementType.Int64 => new TensorBuffer<long>(name, rowShape, capacity, batched),
            TensorElementType.UInt64 => new TensorBuffer<ulong>(name, rowShape, capacity, batched),
            TensorElementType.Bool => new TensorBuffer<bool>(name, rowShape, capacity, batched),
            _ => throw new NotSupportedException($"'{name}' has elements of type {type}, which no buffer can hold. Put a Cast node to Float beside it in the model."),
        };
    }

    internal abstract OrtValue Bind(int rows);

    internal static TensorBuffer CopyOf(string name, OrtValue value)
    {
        if (!value.IsTensor)
        {
            throw new NotSupportedException($"The output '{name}' is not a tensor but a {value.OnnxType}. Leave it out, or score the model with ApplyOnnxModel.");
        }
        var info = value.GetTensorTypeAndShape();
        var copy = Create(name, info.ElementDataType, info.Shape, 1, batched: false);
        copy.Load(value);
        return copy;
    }

    private protected abstract void Load(OrtValue value);

    private static int LengthOf(IReadOnlyList<long> shape)
    {
        long length = 1;
        foreach (long dimension in shape)
        {
            ArgumentOutOfRangeException.ThrowIfNegative(dimension);
            length = checked(length * dimension);
        }
        return checked((int)length);
    }
}
