// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Activations;

/// <summary>A function of one number, applied to each value by an <see cref="Layers.Activation"/> layer. One of one's own is these three methods.</summary>
public interface IActivation
{
    /// <summary>Computes <c>y = f(x)</c> for each value.</summary>
    void Apply(ReadOnlySpan<float> x, Span<float> y);

    /// <summary>Multiplies each gradient by <c>f'(x)</c>.</summary>
    /// <param name="x">What it was applied to.</param>
    /// <param name="y">What came out.</param>
    /// <param name="gradient">The derivative by y, which becomes that by x.</param>
    void MultiplyByDerivative(ReadOnlySpan<float> x, ReadOnlySpan<float> y, Span<float> gradient);

    /// <summary>Adds it to an ONNX graph of opset 17 or later.</summary>
    /// <returns>The name of the value that it makes from the input.</returns>
    string Export(OnnxGraphBuilder graph, string input);
}
