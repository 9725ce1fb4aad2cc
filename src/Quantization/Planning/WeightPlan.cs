// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Quantization.Solvers;
using MLNetExtensions.Quantization.Weights;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>What is to become of a tensor.</summary>
internal sealed record WeightPlan(WeightTensor Weight)
{
    /// <summary>Why the tensor is left as it is; null where it is quantized.</summary>
    public string? Reason { get; init; }

    /// <summary>For <c>MatMulNBits</c>.</summary>
    public MatrixLayout? Matrix { get; init; }

    /// <summary>For <c>DequantizeLinear</c>.</summary>
    public WeightLayout? Layout { get; init; }

    /// <summary>The graph that the decoding stands in.</summary>
    public GraphProto Graph { get; init; } = Weight.Graph;

    /// <summary>How ONNX Runtime runs it.</summary>
    public RuntimePath Path { get; init; } = RuntimePath.NotQuantized;

    /// <summary>What stands behind the path.</summary>
    public string Explanation { get; init; } = "";

    public bool IsQuantized => Reason is null;

    /// <summary>Which weights share a scale, where it is quantized.</summary>
    public GroupLayout Groups => Matrix?.Groups ?? Layout!.Groups;

    public QuantizationFormat Format => Matrix is null ? QuantizationFormat.Qdq : QuantizationFormat.MatMulNBits;

    public static WeightPlan Leave(WeightTensor weight, string reason) => new(weight) { Reason = reason, Explanation = reason };
}
