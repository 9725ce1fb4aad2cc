// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Activations;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>Applies one function to each value.</summary>
public sealed class Activation : ILayer
{
    private readonly IActivation _function;
    private readonly DenseMatrix _output;
    private DenseMatrix? _input;

    /// <summary>An activation of rows of that length.</summary>
    public Activation(int size, IActivation function)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        ArgumentNullException.ThrowIfNull(function);
        Inputs = size;
        _function = function;
        _output = new DenseMatrix(0, size);
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs => Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters => [];

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        _function.Apply(input.Values, _output.Resize(input.Rows).Values);
        return _output;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (!needsInputGradient)
        {
            return null;
        }
        _function.MultiplyByDerivative(_input!.Values, _output.Values, outputGradient.Values);
        return outputGradient;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters) => _function.Export(graph, input);
}
