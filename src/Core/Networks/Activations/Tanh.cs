// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Activations;

/// <summary>The hyperbolic tangent.</summary>
public sealed record Tanh : IActivation
{
    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Tanh(x, y);

    /// <inheritdoc/>
    public void MultiplyByDerivative(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> gradient) =>
        VectorLoop.Map(default(TimesDerivative), y, gradient, gradient);

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Node("Tanh", [input]);
    }

    private readonly struct TimesDerivative : IVectorFunction
    {
        // y is the hyperbolic tangent, x here: the derivative is 1 - tanh².
        public Vector<float> Invoke(Vector<float> x, Vector<float> y) => y * (Vector<float>.One - (x * x));
    }
}
