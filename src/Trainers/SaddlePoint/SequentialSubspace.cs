// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Subspace;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Primal-dual sequential subspace optimisation: each step solves a small saddle-point problem in the span of a few directions of x and of y. Every value is checked where it is set.</summary>
/// <remarks>
/// <para>
/// The directions are the present gradients in x and in y, the last steps split into those of x and of y, and what the options add; each has a coefficient of
/// its own. Their images under F's derivative J are kept: those of earlier steps are combinations of what is known, so that a step costs one bundle where F is affine.
/// Else it costs the images of the new direction and one evaluation of F for each length that is tried until F is shorter by enough; kept images are corrected by
/// the change of F that a step brought, and computed anew, at the price of as many directions, after a step that did not bring what they promised.
/// There is no step size to choose.
/// </para>
/// <para>After Y. Choukroun, M. Zibulevsky and P. Kisilev, "Primal-Dual Sequential Subspace Optimization for Saddle-point Problems", arXiv 2008.09149. The safeguards are our own.</para>
/// </remarks>
public sealed record SequentialSubspace : ISaddleMethod
{
    /// <inheritdoc/>
    public string Name => $"sequential subspace ({Step}, {Memory})";

    /// <summary>How many earlier steps are directions. Without any, gradients alone stagnate; more than ten seldom pay.</summary>
    /// <value>The default is 5.</value>
    public int Memory { get; init => field = value is >= 0 and <= 100 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Memory)} must be from 0 to 100."); } = 5;

    /// <summary>How the step within the span is chosen.</summary>
    /// <value>The default is the one of minimum residual.</value>
    public SubspaceStep Step { get; init => field = Enum.IsDefined(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Step)} must be one of those that there are."); }

    /// <summary>After how many steps the field of an affine problem, which is else the sum of images, is computed to compare, at one bundle. Both are computed anew where they are more than 1 % apart; less is left, since even an exact field breaks the conjugacy of steps.</summary>
    /// <value>The default is 20.</value>
    public int RefreshEvery { get; init => field = value > 0 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(RefreshEvery)} must be at least 1."); } = 20;

    /// <summary>
    /// Whether, on an affine problem with curvature, the vectors of Lanczos and the way to the point of the minimum-residual Krylov method take the place of the
    /// gradients and of earlier steps, so that short memory does not lose the conjugacy of steps: where conditions are bad that saves half the work and more. On problems
    /// without curvature, such as bilinear games, it only has an effect where one side's gradient is zero; it has none with <see cref="SubspaceStep.Galerkin"/> or <see cref="NemirovskiPair"/>.
    /// </summary>
    /// <value>The default is true.</value>
    public bool ConjugateDirections { get; init; } = true;

    /// <summary>Whether Nemirovski's pair are directions too: the way from the start, and the weighted sum of all gradients.</summary>
    /// <value>The default is false.</value>
    public bool NemirovskiPair { get; init; }

    /// <summary>Whether the gradients of the problem's blocks are directions by themselves; each costs a bundle a step, and their gradients one more.</summary>
    /// <value>The default is true.</value>
    public bool BlockDirections { get; init; } = true;

    /// <summary>A map T whose displacement T(z) - z is a direction too, at one bundle a step beside what T costs; null for none.</summary>
    /// <value>The default is null.</value>
    public IFixedPointMap? FixedPoint { get; init; }

    /// <summary>
    /// The weight of the proximal term at the start, as a share of the norm of J. It grows fourfold where a step fails and halves where one succeeds. A weight that
    /// stays is harmful: with 0.01 a bilinear game takes several times the steps.
    /// </summary>
    /// <value>The default is 0.</value>
    public double ProximalWeight { get; init => field = value >= 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(ProximalWeight)} must be finite and at least 0."); }

    internal bool UsesConjugates => ConjugateDirections && Step != SubspaceStep.Galerkin && !NemirovskiPair;

    /// <inheritdoc/>
    public ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new SubspaceIteration(this, problem, start);
    }
}
