// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Problems;

/// <summary>Multiplies the matrix of second derivatives of f(x, y), in x and y together, with (p, q).</summary>
/// <param name="x">x.</param>
/// <param name="y">y.</param>
/// <param name="p">The direction of x.</param>
/// <param name="q">The direction of y.</param>
/// <param name="productX"><c>∇²xx f p + ∇²xy f q</c>, to be filled.</param>
/// <param name="productY"><c>∇²yx f p + ∇²yy f q</c>, to be filled.</param>
public delegate void SaddleHessianProduct(
    ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> productX, Span<double> productY);
