// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>MINRES (Paige and Saunders, 1975), for problems with an affine field only: the least residual that any method can have after as many products from the field's own span. One bundle a step.</summary>
/// <remarks>Where F(z) = K z + k, and S changes the sign of y's part, S K is symmetric, and <c>‖S F‖ = ‖F‖</c>.</remarks>
public sealed record MinimumResidualKrylov : ISaddleMethod
{
    /// <inheritdoc/>
    public string Name => "MINRES";

    /// <inheritdoc/>
    /// <exception cref="ArgumentException">The problem's field is not affine.</exception>
    public ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return problem.IsAffine
            ? new MinimumResidualIteration(new FieldPoint(problem, start))
            : throw new ArgumentException("MINRES solves problems with an affine field; this one's is not. Take another method.", nameof(problem));
    }
}
