// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Optimizers;

/// <summary><see cref="Adam"/> with decoupled weight decay (Loshchilov and Hutter, arXiv 1711.05101).</summary>
public sealed record AdamW : IOptimizer
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

    /// <summary>The decoupled weight decay: before each update, parameters that decay lose this part of themselves, times the learning rate.</summary>
    /// <value>The default is 0.01.</value>
    public float WeightDecay { get; init => field = OptimizerChecks.NotNegative(value); } = 0.01f;

    /// <inheritdoc/>
    public int StateLength(int parameters) => checked(2 * parameters);

    /// <inheritdoc/>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> state, long iteration, float learningRate) =>
        UpdateLoop.Run(new AdamRule(Beta1, Beta2, Epsilon, iteration, learningRate), parameters, gradient, state[..parameters.Length], state.Slice(parameters.Length, parameters.Length));

    /// <inheritdoc/>
    public void Shrink(Span<float> parameters, ReadOnlySpan<float> state, Range part, long iteration, float learningRate, float amount) =>
        AdamRule.Shrink(parameters, state, part, Beta2, Epsilon, iteration, learningRate * amount);
}
