// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A smooth problem <c>min over x, max over y of f(x, y)</c>, given by its field <c>F(z) = (∇x f, -∇y f)</c>.</summary>
/// <remarks>
/// A point z holds x, then y. Where f is convex in x and concave in y, F is monotone, and its zeros are the saddle points. Work is counted in
/// bundles: one bundle is what one evaluation of F costs, such as the products of A with y and of A' with x.
/// </remarks>
public interface ISaddleProblem
{
    /// <summary>The length of x, at least 1.</summary>
    int PrimalSize { get; }

    /// <summary>The length of y, at least 1.</summary>
    int DualSize { get; }

    /// <summary>Whether F is affine: the images of a direction are then the same at every point, and are computed once.</summary>
    bool IsAffine { get; }

    /// <summary>The bundles that <see cref="Images"/> costs.</summary>
    /// <value>The default is 1.</value>
    int ImagesCost => 1;

    /// <summary>How many terms of f have gradients in x that are directions worth having by themselves: an objective and each constraint, say.</summary>
    /// <value>The default is 0.</value>
    int Blocks => 0;

    /// <summary>Computes F at a point: one bundle.</summary>
    /// <param name="point">x, then y.</param>
    /// <param name="field">The gradient in x, then the negative gradient in y.</param>
    void Field(ReadOnlySpan<double> point, Span<double> field);

    /// <summary>Computes <c>J (p, 0)</c> and <c>J (0, q)</c>, where J is F's derivative at a point and (p, q) a direction.</summary>
    /// <param name="point">x, then y.</param>
    /// <param name="direction">p, then q.</param>
    /// <param name="primalImage">The image of (p, 0), as long as a point.</param>
    /// <param name="dualImage">The image of (0, q), as long as a point.</param>
    void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage);

    /// <summary>Computes the gradient in x of each block: one bundle.</summary>
    /// <param name="point">x, then y.</param>
    /// <param name="gradients">One gradient after the other, <see cref="Blocks"/> times <see cref="PrimalSize"/> numbers.</param>
    void BlockGradients(ReadOnlySpan<double> point, Span<double> gradients) => gradients.Clear();
}
