// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>A scale with the part of the group's energy that its grid captures: the squared error is the energy less the gain.</summary>
internal readonly record struct SweepResult(double Scale, double Gain)
{
    /// <summary>A gain must exceed another by this factor to count as larger: what double precision can tell apart. Within it the larger scale wins.</summary>
    public const double Tie = 1 + 4e-15;

    public bool IsBetterThan(SweepResult other) =>
        Gain > other.Gain * Tie || (Gain * Tie >= other.Gain && Scale > other.Scale);
}
