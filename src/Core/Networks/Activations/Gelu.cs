// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Activations;

/// <summary>The Gaussian error linear unit in its exact form: <c>x Φ(x)</c> with the normal distribution function Φ (Hendrycks and Gimpel, arXiv 1606.08415).</summary>
public sealed record Gelu : IActivation
{
    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> x, Span<float> y) => VectorLoop.Map(default(Value), x, x, y);

    /// <inheritdoc/>
    public void MultiplyByDerivative(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> gradient) =>
        VectorLoop.Map(default(TimesDerivative), x, gradient, gradient);

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input)
    {
        ArgumentNullException.ThrowIfNull(graph);
        // Φ(x) = (1 + erf(x / √2)) / 2; opset 17 has no operator for the whole.
        string scaled = graph.Node("Mul", [input, Scalar(graph, 1 / MathF.Sqrt(2))]);
        string erfPlusOne = graph.Node("Add", [graph.Node("Erf", [scaled]), Scalar(graph, 1)]);
        return graph.Node("Mul", [graph.Node("Mul", [input, erfPlusOne]), Scalar(graph, 0.5f)]);
    }

    private static string Scalar(OnnxGraphBuilder graph, float value) => graph.Initializer(graph.UniqueName("gelu"), [], [value]);

    private readonly struct Value : IVectorFunction
    {
        public Vector<float> Invoke(Vector<float> x, Vector<float> y) => x * NormalDistribution.Cumulative(x, out _);
    }

    private readonly struct TimesDerivative : IVectorFunction
    {
        public Vector<float> Invoke(Vector<float> x, Vector<float> y)
        {
            var cumulative = NormalDistribution.Cumulative(x, out var density);
            return y * (cumulative + (x * density));
        }
    }
}
