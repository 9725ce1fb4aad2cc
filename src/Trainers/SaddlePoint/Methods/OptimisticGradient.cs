// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>Optimistic gradient descent-ascent (Popov, 1980): a step by twice the present gradient less the last one. One bundle a step.</summary>
public sealed record OptimisticGradient : ISaddleMethod
{
    /// <summary>The step size; it converges below one over twice the field's Lipschitz constant.</summary>
    public required double Step { get; init => field = StepSize.Checked(value, nameof(Step)); }

    /// <inheritdoc/>
    public string Name => "optimistic gradient";

    /// <inheritdoc/>
    public ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        FieldPoint at = new(problem, start);
        return new OptimisticIteration(at, [.. at.Field], Step);
    }
}
