// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>Layers one after another.</summary>
public sealed class Sequential : ILayer
{
    private readonly ILayer[] _layers;
    private readonly ParameterLayout _layout;

    /// <summary>Takes layers in the order in which they run.</summary>
    /// <exception cref="ArgumentException">There is no layer, or one does not take what the one before it gives.</exception>
    public Sequential(params ILayer[] layers)
    {
        _layout = new ParameterLayout(layers, nameof(layers));
        _layers = [.. layers];
        for (int i = 1; i < layers.Length; i++)
        {
            if (layers[i].Inputs != layers[i - 1].Outputs)
            {
                throw new ArgumentException($"Layer {i} ({layers[i].GetType().Name}) takes rows of {layers[i].Inputs} values, and the one before it gives {layers[i - 1].Outputs}. Make them equal.", nameof(layers));
            }
        }
    }

    /// <inheritdoc/>
    public int Inputs => _layers[0].Inputs;

    /// <inheritdoc/>
    public int Outputs => _layers[^1].Outputs;

    /// <inheritdoc/>
    public IReadOnlyList<ILayer> Layers => _layers;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters => _layout.Tensors;

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            input = _layers[i].Forward(_layout.Slice(parameters, i), input, pass);
        }
        return input;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        var gradient = outputGradient;
        for (int i = _layers.Length - 1; i >= 0; i--)
        {
            bool needed = needsInputGradient || _layout.AnyBefore(i);
            var inputGradient = _layers[i].Backward(_layout.Slice(parameters, i), gradient, _layout.Slice(parameterGradient, i), needed);
            if (!needed)
            {
                return null;
            }
            gradient = inputGradient!;
        }
        return gradient;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters)
    {
        for (int i = 0; i < _layers.Length; i++)
        {
            input = _layers[i].Export(graph, input, _layout.Slice(parameters, i));
        }
        return input;
    }
}
