// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Activations;

/// <summary>The logistic function: <c>1 / (1 + exp(-x))</c>.</summary>
public sealed record Sigmoid : IActivation
{
    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Sigmoid(x, y);

    /// <inheritdoc/>
    public void MultiplyByDerivative(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> gradient) =>
        VectorLoop.Map(default(TimesDerivative), y, gradient, gradient);

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Node("Sigmoid", [input]);
    }

    private readonly struct TimesDerivative : IVectorFunction
    {
        // x here is the value of the function, s: the derivative is s (1 - s).
        public Vector<float> Invoke(Vector<float> x, Vector<float> y) => y * (x - (x * x));
    }
}
