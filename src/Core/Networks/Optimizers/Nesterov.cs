// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Momentum that looks one step ahead: <c>v ← β v + g, p ← p - η (g + β v)</c> (Nesterov, 1983, in the form of Sutskever et al., 2013, with p the point looked ahead to).</summary>
public sealed record Nesterov : IOptimizer
{
    /// <summary>The part of the sum that stays at each step, β, in [0, 1).</summary>
    /// <value>The default is 0.9.</value>
    public float Decay { get; init => field = OptimizerChecks.Decay(value); } = 0.9f;

    /// <inheritdoc/>
    public float WeightDecay { get; init => field = OptimizerChecks.NotNegative(value); }

    /// <inheritdoc/>
    public int StateLength(int parameters) => parameters;

    /// <inheritdoc/>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> state, long iteration, float learningRate) =>
        UpdateLoop.Run(new Rule(learningRate, Decay), parameters, gradient, state[..parameters.Length], []);

    /// <inheritdoc/>
    /// <remarks>A constant gradient adds up to <c>g / (1 - β)</c>.</remarks>
    public void Shrink(Span<float> parameters, ReadOnlySpan<float> state, Range part, long iteration, float learningRate, float amount) =>
        Shrinkage.Shrink(parameters[part], learningRate * amount / (1 - Decay));

    private readonly struct Rule(float rate, float decay) : IUpdateRule
    {
        private readonly Vector<float> _rate = new(rate);
        private readonly Vector<float> _decay = new(decay);

        public void Update(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second)
        {
            first = (_decay * first) + gradient;
            parameter -= _rate * (gradient + (_decay * first));
        }
    }
}
