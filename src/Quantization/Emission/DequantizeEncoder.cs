// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Opsets;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Solvers;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>Encodes a tensor as <c>DequantizeLinear</c> over Constant nodes, followed by what gives the operators the shape they read.</summary>
internal sealed class DequantizeEncoder(ConstantMaker constants)
{
    public EncodedWeight Encode(WeightPlan plan, QuantizedTensor tensor)
    {
        var layout = plan.Layout!;
        EncodedWeight encoded = new(plan, tensor.Layout, tensor.NormalizedError, tensor.SignalToNoise);
        string value = tensor.Form == QuantizationForm.RealOffset
            ? OffsetValue(encoded, layout, tensor)
            : IntegerValue(encoded, layout, tensor);
        foreach (var (operation, arguments) in layout.Finish)
        {
            value = operation == "Reshape" ? Reshape(encoded, value, arguments) : Transpose(encoded, value, arguments);
        }
        if (plan.Weight.Tensor.DataType == (int)DataType.Double)
        {
            NodeProto cast = Node(encoded, "Cast", "double", value);
            cast.SetInteger("to", (long)DataType.Double);
        }
        encoded.Nodes[^1].Output[0] = plan.Weight.Value;
        return encoded;
    }

    /// <summary>(code - zero point) * scale, by one operator.</summary>
    private string IntegerValue(EncodedWeight encoded, WeightLayout layout, QuantizedTensor tensor)
    {
        bool isUnsigned = tensor.Form == QuantizationForm.Asymmetric;
        var type = isUnsigned ? DataType.Uint4 : DataType.Int4;
        string codes = Add(encoded, "codes", type, layout.Dimensions, Pack(tensor.Codes));
        string scale = Add(encoded, "scale", FloatType(encoded), layout.ScaleDimensions, Numbers(encoded, tensor, group => group.Scale));
        string[] inputs = [codes, scale];
        if (isUnsigned)
        {
            byte[] zeroPoints = Pack([.. tensor.Groups.Select(group => (sbyte)group.ZeroPoint)]);
            inputs = [codes, scale, Add(encoded, "zero_point", type, layout.ScaleDimensions, zeroPoints)];
        }
        return Dequantize(encoded, inputs, layout.Axis, layout.BlockSize);
    }

    /// <summary>code * scale + offset: the blocks lie on an axis of their own, along which the offset broadcasts.</summary>
    private string OffsetValue(EncodedWeight encoded, WeightLayout layout, QuantizedTensor tensor)
    {
        int[] dimensions = layout.Dimensions;
        int[] offsetDimensions = [];
        sbyte[] codes = tensor.Codes;
        int? axis = layout.Axis;
        if (layout.BlockSize > 0)
        {
            dimensions = [layout.Outer, layout.Blocks, layout.BlockSize, layout.Inner];
            offsetDimensions = [layout.Outer, layout.Blocks, 1, layout.Inner];
            axis = 2;
            codes = layout.IsRagged ? FillLastBlocks(layout, codes) : codes;
        }
        else if (axis is not null)
        {
            offsetDimensions = [.. dimensions.Select((size, i) => i == axis ? size : 1)];
        }
        int[] scaleDimensions = layout.BlockSize > 0 ? offsetDimensions : layout.ScaleDimensions;
        string value = Dequantize(
            encoded,
            [
                Add(encoded, "codes", DataType.Uint4, dimensions, Pack(codes)),
                Add(encoded, "scale", FloatType(encoded), scaleDimensions, Numbers(encoded, tensor, group => group.Scale)),
            ],
            axis,
            layout.BlockSize);
        string offset = Add(encoded, "offset", FloatType(encoded), offsetDimensions, Numbers(encoded, tensor, group => group.Offset));
        value = Node(encoded, "Add", "weights", value, offset).Output[0];
        if (layout.IsRagged)
        {
            value = Reshape(encoded, value, [layout.Outer, layout.Blocks * layout.BlockSize, layout.Inner]);
            string starts = AddIntegers(encoded, "starts", [0]);
            string ends = AddIntegers(encoded, "ends", [layout.Dimensions[layout.Axis!.Value]]);
            string axes = AddIntegers(encoded, "axes", [1]);
            value = Node(encoded, "Slice", "sliced", value, starts, ends, axes).Output[0];
        }
        return layout.BlockSize > 0 ? Reshape(encoded, value, layout.Dimensions) : value;
    }

    private static sbyte[] FillLastBlocks(WeightLayout layout, sbyte[] codes)
    {
        int line = layout.Dimensions[layout.Axis!.Value] * layout.Inner;
        int filledLine = layout.Blocks * layout.BlockSize * layout.Inner;
        sbyte[] filled = new sbyte[layout.Outer * filledLine];
        for (int outer = 0; outer < layout.Outer; outer++)
        {
            codes.AsSpan(outer * line, line).CopyTo(filled.AsSpan(outer * filledLine));
        }
        return filled;
    }

    private string Dequantize(EncodedWeight encoded, string[] inputs, int? axis, int blockSize)
    {
        NodeProto node = Node(encoded, "DequantizeLinear", "dequantized", inputs);
        if (axis is { } along)
        {
            node.SetInteger("axis", along);
        }
        if (blockSize > 0)
        {
            node.SetInteger("block_size", blockSize);
        }
        return node.Output[0];
    }

    private string Reshape(EncodedWeight encoded, string value, int[] dimensions) =>
        Node(encoded, "Reshape", "reshaped", value, AddIntegers(encoded, "shape", dimensions)).Output[0];

    private string Transpose(EncodedWeight encoded, string value, int[] permutation)
    {
        NodeProto node = Node(encoded, "Transpose", "transposed", value);
        node.SetIntegers("perm", permutation.Select(axis => (long)axis));
        return node.Output[0];
    }

    private string AddIntegers(EncodedWeight encoded, string role, int[] values)
    {
        NodeProto node = constants.Integers($"{encoded.Plan.Weight.Name}_{role}", values);
        encoded.Nodes.Add(node);
        return node.Output[0];
    }

    private string Add(EncodedWeight encoded, string role, DataType type, int[] dimensions, byte[] bytes)
    {
        NodeProto node = constants.Constant($"{encoded.Plan.Weight.Name}_{role}", type, dimensions, bytes);
        encoded.Nodes.Add(node);
        encoded.Bytes += bytes.Length;
        return node.Output[0];
    }

    private NodeProto Node(EncodedWeight encoded, string operation, string role, params string[] inputs)
    {
        string name = $"{encoded.Plan.Weight.Name}_{role}";
        NodeProto node = new() { OpType = operation, Name = constants.UniqueNodeName(name), Input = { inputs }, Output = { constants.UniqueName(name) } };
        encoded.Nodes.Add(node);
        return node;
    }

    private static DataType FloatType(EncodedWeight encoded) => IsHalf(encoded) ? DataType.Float16 : DataType.Float;

    private static bool IsHalf(EncodedWeight encoded) => encoded.Plan.Weight.Tensor.DataType == (int)DataType.Float16;

    private static byte[] Numbers(EncodedWeight encoded, QuantizedTensor tensor, Func<QuantizedGroup, float> number)
    {
        float[] numbers = new float[tensor.Groups.Length];
        for (int i = 0; i < numbers.Length; i++)
        {
            numbers[i] = number(tensor.Groups[i]);
        }
        return ConstantMaker.Numbers(numbers, IsHalf(encoded));
    }

    private static byte[] Pack(sbyte[] codes)
    {
        byte[] packed = new byte[Int4Packing.PackedLength(codes.Length)];
        Int4Packing.Pack(codes, packed);
        return packed;
    }
}
