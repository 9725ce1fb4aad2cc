// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization;

/// <summary>How 4-bit weights stand in the graph.</summary>
public enum QuantizationFormat
{
    /// <summary>Standard ONNX, opset 21: <c>DequantizeLinear</c> over INT4 or UINT4 codes, for every kind of weight. Any runtime reads it; ONNX Runtime fuses it into <c>MatMulNBits</c> where it can.</summary>
    Qdq,

    /// <summary><c>com.microsoft.MatMulNBits</c> for the matrices of MatMul and Gemm: loads faster and needs no opset raise. Other weights become <see cref="Qdq"/> where the opset allows it.</summary>
    MatMulNBits,
}
