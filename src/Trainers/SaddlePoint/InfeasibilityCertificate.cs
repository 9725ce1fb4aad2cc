// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Shows that a field has, to all appearance, no zero: a field value r that no step reduces, since <c>J' r = 0</c>.</summary>
/// <remarks>For an affine field <c>F(z) = K z + k</c> it is a proof up to rounding: <c>K' r = 0</c> and <c>r'k = r'F = ‖r‖² > 0</c>, so no z makes F zero.</remarks>
/// <param name="FieldNorm">The norm of F there, which would have to become zero.</param>
/// <param name="RelativeSlope"><c>‖J' r‖ / (‖J‖ ‖r‖)</c>, with a lower estimate of ‖J‖: how far from zero it is.</param>
/// <param name="Direction">r over its norm; x's part, then y's.</param>
public sealed record InfeasibilityCertificate(double FieldNorm, double RelativeSlope, IReadOnlyList<double> Direction);
