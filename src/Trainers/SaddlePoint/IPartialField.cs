// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A problem whose field can be had by parts, each for half a bundle: what methods need that move x before they look at y.</summary>
internal interface IPartialField : ISaddleProblem
{
    /// <summary>Computes the gradient in x at a point.</summary>
    void PrimalField(ReadOnlySpan<double> point, Span<double> field);

    /// <summary>Computes the negative gradient in y at a point.</summary>
    void DualField(ReadOnlySpan<double> point, Span<double> field);
}
