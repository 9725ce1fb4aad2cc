// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Google.Protobuf;
using MLNetExtensions.Onnx.Protobuf;
using AttributeType = MLNetExtensions.Onnx.Protobuf.AttributeProto.Types.AttributeType;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Onnx;

/// <summary>Makes the small messages that graphs consist of.</summary>
public static class OnnxTypes
{
    /// <summary>A value of tensor type. A dimension is a number, a name for a size that varies, or null where nothing is known.</summary>
    public static ValueInfoProto Value(string name, DataType type, params object?[] dimensions)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        var shape = new TensorShapeProto();
        foreach (object? dimension in dimensions)
        {
            shape.Dim.Add(dimension switch
            {
                null => new TensorShapeProto.Types.Dimension(),
                string variable => new TensorShapeProto.Types.Dimension { DimParam = variable },
                int or long => new TensorShapeProto.Types.Dimension { DimValue = System.Convert.ToInt64(dimension, System.Globalization.CultureInfo.InvariantCulture) },
                _ => throw new ArgumentException($"A dimension is an int, a long, a string or null; '{dimension}' is {dimension.GetType()}.", nameof(dimensions)),
            });
        }
        var tensorType = new TypeProto.Types.Tensor { ElemType = (int)type, Shape = shape };
        return new ValueInfoProto { Name = name, Type = new TypeProto { TensorType = tensorType } };
    }

    /// <summary>A FLOAT tensor.</summary>
    public static TensorProto Tensor(string name, long[] dimensions, ReadOnlySpan<float> values) =>
        Tensor(name, DataType.Float, dimensions, MemoryMarshal.AsBytes(values));

    /// <summary>An INT64 tensor.</summary>
    public static TensorProto Tensor(string name, long[] dimensions, ReadOnlySpan<long> values) =>
        Tensor(name, DataType.Int64, dimensions, MemoryMarshal.AsBytes(values));

    /// <summary>A tensor of any type but STRING from its raw bytes.</summary>
    /// <exception cref="ArgumentException">The number of bytes does not agree with shape and type.</exception>
    public static TensorProto Tensor(string name, DataType type, long[] dimensions, ReadOnlySpan<byte> raw)
    {
        ArgumentNullException.ThrowIfNull(dimensions);
        var tensor = new TensorProto { Name = name, DataType = (int)type };
        tensor.Dims.Add(dimensions);
        long needed = TensorElements.ByteLength(tensor, $"tensor '{name}'");
        if (raw.Length != needed)
        {
            throw new ArgumentException($"Tensor '{name}' of shape [{string.Join(", ", dimensions)}] and type {TensorTypes.NameOf((int)type)} takes {needed} bytes; {raw.Length} were given.", nameof(raw));
        }
        tensor.RawData = ByteString.CopyFrom(raw);
        return tensor;
    }

    /// <summary>An attribute from an int, long, float, double, bool, string, tensor or graph, or an array of ints, longs, floats or strings.</summary>
    public static AttributeProto Attribute(string name, object value)
    {
        var attribute = new AttributeProto { Name = name };
        switch (value)
        {
            case int or long or bool:
                attribute.Type = AttributeType.Int;
                attribute.I = System.Convert.ToInt64(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case float or double:
                attribute.Type = AttributeType.Float;
                attribute.F = System.Convert.ToSingle(value, System.Globalization.CultureInfo.InvariantCulture);
                break;
            case string text:
                attribute.Type = AttributeType.String;
                attribute.S = ByteString.CopyFromUtf8(text);
                break;
            case TensorProto tensor:
                attribute.Type = AttributeType.Tensor;
                attribute.T = tensor;
                break;
            case GraphProto graph:
                attribute.Type = AttributeType.Graph;
                attribute.G = graph;
                break;
            case int[] ints:
                attribute.Type = AttributeType.Ints;
                attribute.Ints.Add(ints.Select(number => (long)number));
                break;
            case long[] longs:
                attribute.Type = AttributeType.Ints;
                attribute.Ints.Add(longs);
                break;
            case float[] floats:
                attribute.Type = AttributeType.Floats;
                attribute.Floats.Add(floats);
                break;
            case string[] texts:
                attribute.Type = AttributeType.Strings;
                attribute.Strings.Add(texts.Select(ByteString.CopyFromUtf8));
                break;
            default:
                throw new ArgumentException($"Attribute '{name}' can't be of type {value?.GetType().Name ?? "null"}.", nameof(value));
        }
        return attribute;
    }
}
