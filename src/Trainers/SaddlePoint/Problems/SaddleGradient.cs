// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>Computes both gradients of f(x, y).</summary>
/// <param name="x">x.</param>
/// <param name="y">y.</param>
/// <param name="gradientX">The gradient in x, to be filled.</param>
/// <param name="gradientY">The gradient in y, to be filled; its sign is that of f.</param>
public delegate void SaddleGradient(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> gradientX, Span<double> gradientY);
