// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>What a step size may be.</summary>
internal static class StepSize
{
    public static double Checked(double value, string option) => value > 0 && double.IsFinite(value)
        ? value
        : throw new ArgumentOutOfRangeException(nameof(value), value, $"{option} must be finite and greater than 0.");
}
