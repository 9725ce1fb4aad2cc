// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Steps scaled by running means of gradients and squared gradients (Kingma and Ba, arXiv 1412.6980).</summary>
public sealed record Adam : IOptimizer
{
    /// <summary>The decay of the mean of gradients.</summary>
    /// <value>The default is 0.9.</value>
    public float Beta1 { get; init; } = 0.9f;

    /// <summary>The decay of the mean of squared gradients.</summary>
    /// <value>The default is 0.999.</value>
    public float Beta2 { get; init; } = 0.999f;

    /// <summary>Added to the root of the squared gradients.</summary>
    /// <value>The default is 1e-8.</value>
    public float Epsilon { get; init; } = 1e-8f;

    /// <inheritdoc/>
    public int StateLength(int parameters) => checked(2 * parameters);

    /// <inheritdoc/>
    public void Update(Span<float> parameters, ReadOnlySpan<float> gradient, Span<float> state, long iteration, float learningRate)
    {
        var mean = state[..parameters.Length];
        var square = state[parameters.Length..];
        double correction1 = 1 - Math.Pow(Beta1, iteration), correction2 = 1 - Math.Pow(Beta2, iteration);
        float rate = (float)(learningRate * Math.Sqrt(correction2) / correction1);
        float epsilon = (float)(Epsilon * Math.Sqrt(correction2));
        for (int i = 0; i < parameters.Length; i++)
        {
            mean[i] += (1 - Beta1) * (gradient[i] - mean[i]);
            square[i] += (1 - Beta2) * ((gradient[i] * gradient[i]) - square[i]);
            parameters[i] -= rate * mean[i] / (MathF.Sqrt(square[i]) + epsilon);
        }
    }
}
