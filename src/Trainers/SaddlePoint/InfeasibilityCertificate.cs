// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Shows that an affine field has, to all appearance, no zero: a field value r that no step reduces, since <c>J' r = 0</c>.</summary>
/// <remarks>
/// For <c>F(z) = J z + k</c>, <c>J' r = 0</c> and <c>r'k = r'F = ‖r‖² > 0</c> say that no z makes F zero. With the slope that rounding leaves they say that a zero is at
/// least <c>FieldNorm / (RelativeSlope ‖J‖)</c> away. A field that is not affine gets no certificate: it may be stationary at one point and zero at another.
/// </remarks>
/// <param name="FieldNorm">The norm of F there, which would have to become zero.</param>
/// <param name="RelativeSlope"><c>‖J' r‖ / (‖J‖ ‖r‖)</c>, with a lower estimate of ‖J‖: how far from zero it is.</param>
/// <param name="Direction">r over its norm; x's part, then y's.</param>
public sealed record InfeasibilityCertificate(double FieldNorm, double RelativeSlope, IReadOnlyList<double> Direction);
