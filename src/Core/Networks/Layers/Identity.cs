// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>Gives what it takes: a branch of <see cref="Concat"/> that hands the input on.</summary>
public sealed class Identity : ILayer
{
    /// <summary>An identity of rows of that length.</summary>
    public Identity(int size)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        Inputs = size;
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs => Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters => [];

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass) => input;

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient) => outputGradient;

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters) => input;
}
