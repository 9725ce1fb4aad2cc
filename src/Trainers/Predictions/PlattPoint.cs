// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Predictions;

/// <summary>The loss of a calibration with its first and second derivatives by slope and offset.</summary>
internal readonly record struct PlattPoint(double Loss, double SlopeGradient, double OffsetGradient, double SlopeCurvature, double MixedCurvature, double OffsetCurvature)
{
    public bool IsFlat(double tolerance) => Math.Abs(SlopeGradient) < tolerance && Math.Abs(OffsetGradient) < tolerance;

    // The ridge keeps the matrix positive definite, beyond rounding, where all scores are the same.
    public (double Slope, double Offset) NewtonStep(double ridge)
    {
        double a = (SlopeCurvature * (1 + ridge)) + ridge, b = MixedCurvature, c = (OffsetCurvature * (1 + ridge)) + ridge;
        double determinant = (a * c) - (b * b);
        return (((b * OffsetGradient) - (c * SlopeGradient)) / determinant, ((b * SlopeGradient) - (a * OffsetGradient)) / determinant);
    }
}
