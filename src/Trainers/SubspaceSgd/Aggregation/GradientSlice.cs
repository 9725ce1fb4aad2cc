// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Where the coordinates of one worker's gradient lie that this rank combines.</summary>
internal readonly record struct GradientSlice(float[] Values, int Offset)
{
    /// <summary>Some of the coordinates.</summary>
    public ReadOnlySpan<float> Span(int start, int length) => Values.AsSpan(Offset + start, length);
}
