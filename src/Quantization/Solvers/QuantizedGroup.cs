// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The parameters of one quantized group, as stored.</summary>
/// <param name="Scale">The step of the grid; never zero. Negative only with <see cref="QuantizationForm.Symmetric"/>.</param>
/// <param name="ZeroPoint">The code of zero, 0..15, with <see cref="QuantizationForm.Asymmetric"/>; otherwise 0.</param>
/// <param name="Offset">The value of code 0 with <see cref="QuantizationForm.RealOffset"/>; otherwise 0.</param>
/// <param name="SquaredError">The sum over the group of the squared difference between a weight and what its code decodes to.</param>
public readonly record struct QuantizedGroup(float Scale, int ZeroPoint, float Offset, double SquaredError);
