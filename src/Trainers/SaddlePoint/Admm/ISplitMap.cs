// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>A map whose points hold primal and dual values in one number each: <c>v = z + y/ρ</c>, of which one part changes as v does while the other rests.</summary>
internal interface ISplitMap : IFixedPointMap
{
    /// <summary>Whether a small change of the number is one of the dual part.</summary>
    bool IsDual(int index, double value);
}
