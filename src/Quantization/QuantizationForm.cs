// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization;

/// <summary>What a group of weights stores beside its 4-bit codes.</summary>
public enum QuantizationForm
{
    /// <summary>A scale of either sign and codes -8..7: <c>w ~ code * scale</c>. A negative scale gives the positive weights the longer side of the grid.</summary>
    Symmetric,

    /// <summary>A positive scale and codes -8..7, for runtimes that demand positive scales.</summary>
    PositiveScale,

    /// <summary>A positive scale, an integer zero point 0..15 and codes 0..15: <c>w ~ (code - zeroPoint) * scale</c>.</summary>
    Asymmetric,

    /// <summary>A positive scale, a real offset and codes 0..15: <c>w ~ code * scale + offset</c>.</summary>
    RealOffset,
}
