// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>Korpelevich's extragradient method: a step by the gradient where a trial step would lead. Two bundles a step.</summary>
public sealed record Extragradient : ISaddleMethod
{
    /// <summary>The step size; it converges below one over the field's Lipschitz constant.</summary>
    public required double Step { get; init => field = StepSize.Checked(value, nameof(Step)); }

    /// <inheritdoc/>
    public string Name => "extragradient";

    /// <inheritdoc/>
    public ISaddleIteration Begin(ISaddleProblem problem, ReadOnlySpan<double> start)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return new ExtragradientIteration(new FieldPoint(problem, start), Step);
    }
}
