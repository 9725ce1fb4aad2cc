// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>A quantized tensor in the form in which it goes into the graph; its elements are spooled.</summary>
internal sealed record EncodedWeight(WeightPlan Plan, GroupLayout Groups, double NormalizedError, double SignalToNoise)
{
    /// <summary>Nodes that make the tensor's value, constants included, in order.</summary>
    public List<NodeProto> Nodes { get; } = [];

    /// <summary>Initializers of <c>MatMulNBits</c>.</summary>
    public List<TensorProto> Initializers { get; } = [];

    /// <summary>The inputs of <c>MatMulNBits</c> after its first: codes, scales and, unless empty, zero points.</summary>
    public string[] MatrixInputs { get; set; } = [];

    /// <summary>Bytes of codes, scales, zero points and offsets.</summary>
    public long Bytes { get; set; }
}
