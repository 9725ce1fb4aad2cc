// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Steps against the gradient: <c>p ← p - η g</c>.</summary>
public sealed record Sgd : IOptimizer
{
    /// <inheritdoc/>
    public float WeightDecay { get; init => field = OptimizerChecks.NotNegative(value); }

    /// <inheritdoc/>
    public int StateLength(int parameters) => 0;

    /// <inheritdoc/>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> state, long iteration, float learningRate) =>
        UpdateLoop.Run(new Rule(learningRate), parameters, gradient, [], []);

    private readonly struct Rule(float rate) : IUpdateRule
    {
        private readonly Vector<float> _rate = new(rate);

        public void Update(ref Vector<float> parameter, Vector<float> gradient, ref Vector<float> first, ref Vector<float> second) => parameter -= _rate * gradient;
    }
}
