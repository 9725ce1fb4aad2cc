// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Reports;

/// <summary>How ONNX Runtime's CPU provider runs the operators that read a tensor.</summary>
public enum RuntimePath
{
    /// <summary>The 4-bit codes are multiplied directly, by <c>MatMulNBits</c>.</summary>
    Fused,

    /// <summary>The codes are decoded to floats at each run: the file is small, the speed is that of the float operator plus the decoding.</summary>
    DequantizedAtEachRun,

    /// <summary>The tensor stands as it stood; the report says why.</summary>
    NotQuantized,
}
