// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Solvers;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>Encodes a matrix for <c>com.microsoft.MatMulNBits</c>.</summary>
internal sealed class MatMulNBitsEncoder(ConstantMaker constants)
{
    public EncodedWeight Encode(WeightPlan plan, QuantizedTensor tensor)
    {
        var matrix = plan.Matrix!;
        bool isHalf = plan.Weight.Tensor.DataType == (int)DataType.Float16;
        EncodedWeight encoded = new(plan, tensor.Layout, tensor.NormalizedError, tensor.SignalToNoise);
        string codes = Add(encoded, "codes", DataType.Uint8, [matrix.N, matrix.Blocks, matrix.BlockSize / 2], MatMulNBitsPacking.Codes(matrix, tensor));
        string scales = AddNumbers(encoded, "scales", matrix, MatMulNBitsPacking.Scales(matrix, tensor), isHalf);
        string zeroPoints = tensor.Form switch
        {
            QuantizationForm.Asymmetric =>
                Add(encoded, "zero_points", DataType.Uint8, [matrix.N, (matrix.Blocks + 1) / 2], MatMulNBitsPacking.ZeroPoints(matrix, tensor)),
            QuantizationForm.RealOffset => AddNumbers(encoded, "zero_points", matrix, MatMulNBitsPacking.RealZeroPoints(matrix, tensor), isHalf),
            _ => "",
        };
        encoded.MatrixInputs = [codes, scales, zeroPoints];
        return encoded;
    }

    private string AddNumbers(EncodedWeight encoded, string role, MatrixLayout matrix, float[] numbers, bool isHalf) =>
        Add(encoded, role, isHalf ? DataType.Float16 : DataType.Float, [matrix.N, matrix.Blocks], ConstantMaker.Numbers(numbers, isHalf));

    private string Add(EncodedWeight encoded, string role, DataType type, int[] dimensions, byte[] bytes)
    {
        encoded.Bytes += bytes.Length;
        string name = $"{encoded.Plan.Weight.Name}_{role}";
        if (type == DataType.Float16)
        {
            NodeProto node = constants.Constant(name, type, dimensions, bytes);
            encoded.Nodes.Add(node);
            return node.Output[0];
        }
        var tensor = constants.Tensor(name, type, dimensions, bytes);
        encoded.Initializers.Add(tensor);
        return tensor.Name;
    }
}
