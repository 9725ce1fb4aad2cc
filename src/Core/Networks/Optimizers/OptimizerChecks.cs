// SPDX-License-Identifier: MIT
using System.Runtime.CompilerServices;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>What the settings of optimisers must be.</summary>
internal static class OptimizerChecks
{
    public static float Decay(float value, [CallerMemberName] string name = "") =>
        value is >= 0 and < 1 ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must lie in [0, 1).");

    public static float Positive(float value, [CallerMemberName] string name = "") =>
        value > 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} must be positive.");

    public static float NotNegative(float value, [CallerMemberName] string name = "") =>
        value >= 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(name, value, $"{name} can't be negative.");
}
