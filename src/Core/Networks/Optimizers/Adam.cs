// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Steps scaled by running means of gradients and squared gradients (Kingma and Ba, arXiv 1412.6980).</summary>
public sealed record Adam : IOptimizer
{
    /// <summary>The decay of the mean of gradients, in [0, 1).</summary>
    /// <value>The default is 0.9.</value>
    public float Beta1 { get; init => field = OptimizerChecks.Decay(value); } = 0.9f;

    /// <summary>The decay of the mean of squared gradients, in [0, 1).</summary>
    /// <value>The default is 0.999.</value>
    public float Beta2 { get; init => field = OptimizerChecks.Decay(value); } = 0.999f;

    /// <summary>Added to the root of the squared gradients.</summary>
    /// <value>The default is 1e-8.</value>
    public float Epsilon { get; init => field = OptimizerChecks.Positive(value); } = 1e-8f;

    /// <inheritdoc/>
    public int StateLength(int parameters) => checked(2 * parameters);

    /// <inheritdoc/>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> state, long iteration, float learningRate) =>
        UpdateLoop.Run(new AdamRule(Beta1, Beta2, Epsilon, iteration, learningRate), parameters, gradient, state[..parameters.Length], state.Slice(parameters.Length, parameters.Length));

    /// <inheritdoc/>
    public void Shrink(Span<float> parameters, ReadOnlySpan<float> state, Range part, long iteration, float learningRate, float amount) =>
        AdamRule.Shrink(parameters, state, part, Beta2, Epsilon, iteration, learningRate * amount);
}
