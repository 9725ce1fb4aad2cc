// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A map T whose fixed points are the solutions, such as one step of a first-order method; <c>T(z) - z</c> is then a direction.</summary>
public interface IFixedPointMap
{
    /// <summary>Computes T(z).</summary>
    /// <param name="point">z: x, then y.</param>
    /// <param name="image">T(z), as long as z.</param>
    void Apply(ReadOnlySpan<double> point, Span<double> image);
}
