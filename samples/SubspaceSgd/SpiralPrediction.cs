// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Samples.SubspaceSgd;

/// <summary>What a loaded model says of a point.</summary>
internal sealed class SpiralPrediction
{
    public string Name { get; set; } = "";

    public float[] Score { get; set; } = [];
}
