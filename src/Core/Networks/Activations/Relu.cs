// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Activations;

/// <summary>The rectifier: <c>max(0, x)</c>. Its derivative at 0 is taken as 0.</summary>
public sealed record Relu : IActivation
{
    /// <inheritdoc/>
    public void Apply(ReadOnlySpan<float> x, Span<float> y) => TensorPrimitives.Max(x, 0f, y);

    /// <inheritdoc/>
    public void MultiplyByDerivative(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> gradient) =>
        VectorLoop.Map(default(WherePositive), y, gradient, gradient);

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return graph.Node("Relu", [input]);
    }

    private readonly struct WherePositive : IVectorFunction
    {
        public Vector<float> Invoke(Vector<float> x, Vector<float> y) => Vector.ConditionalSelect(Vector.GreaterThan(x, Vector<float>.Zero), y, Vector<float>.Zero);
    }
}
