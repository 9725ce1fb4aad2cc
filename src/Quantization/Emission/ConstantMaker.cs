// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>Makes constants whose elements are spooled, so that no more than one tensor is in memory.</summary>
internal sealed class ConstantMaker(OnnxModel model, GraphEditor editor)
{
    public string UniqueName(string name) => editor.UniqueName(name);

    public string UniqueNodeName(string name) => editor.UniqueNodeName(name);

    /// <summary>A tensor of the model; nothing refers to it yet.</summary>
    public TensorProto Tensor(string name, DataType type, IEnumerable<int> dimensions, ReadOnlySpan<byte> bytes)
    {
        TensorProto tensor = new() { Name = editor.UniqueName(name), DataType = (int)type };
        tensor.Dims.Add(dimensions.Select(size => (long)size));
        model.SetData(tensor, model.Spool(bytes));
        return tensor;
    }

    /// <summary>A node that makes a tensor. ML.NET refuses initializers of 4 and of 16 bits; these it takes.</summary>
    public NodeProto Constant(string name, DataType type, IEnumerable<int> dimensions, ReadOnlySpan<byte> bytes)
    {
        var tensor = Tensor(name, type, dimensions, bytes);
        NodeProto node = new() { OpType = "Constant", Name = editor.UniqueNodeName(name), Output = { tensor.Name } };
        node.Attribute.Add(new AttributeProto { Name = "value", Type = AttributeProto.Types.AttributeType.Tensor, T = tensor });
        return node;
    }

    public NodeProto Integers(string name, IEnumerable<int> values)
    {
        long[] integers = [.. values.Select(value => (long)value)];
        return Constant(name, DataType.Int64, [integers.Length], MemoryMarshal.AsBytes<long>(integers));
    }

    /// <summary>Numbers as a tensor's bytes, in 16 bits where the weights are; they are representable so.</summary>
    public static byte[] Numbers(ReadOnlySpan<float> values, bool inHalfPrecision)
    {
        if (!inHalfPrecision)
        {
            return MemoryMarshal.AsBytes(values).ToArray();
        }
        Half[] halves = new Half[values.Length];
        System.Numerics.Tensors.TensorPrimitives.ConvertToHalf(values, halves);
        return MemoryMarshal.AsBytes<Half>(halves).ToArray();
    }
}
