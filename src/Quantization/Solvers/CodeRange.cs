// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The integers that a group may use, zero point subtracted: <c>w ~ q * scale + offset</c> with q in Lowest..Highest.</summary>
internal readonly record struct CodeRange(int Lowest, int Highest)
{
    /// <summary>The range of 4-bit codes of a form.</summary>
    public static CodeRange Of(QuantizationForm form, int zeroPoint) =>
        form is QuantizationForm.Symmetric or QuantizationForm.PositiveScale ? new(-8, 7) : new(-zeroPoint, 15 - zeroPoint);
}
