// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>A layer whose input is added to its output: <c>y = f(x) + x</c>, or <c>f(x) + s(x)</c> where the lengths differ (He et al., arXiv 1512.03385).</summary>
public sealed class Residual : ILayer
{
    private readonly ILayer _inner;
    private readonly ILayer _shortcut;
    private readonly ParameterLayout _layout;
    private readonly DenseMatrix _output;
    private readonly DenseMatrix _shortcutGradient;
    private readonly DenseMatrix _inputGradient;

    /// <summary>Puts a shortcut around a layer.</summary>
    /// <param name="inner">The layer, f.</param>
    /// <param name="shortcut">What leads around it, s; null for the input itself.</param>
    /// <exception cref="ArgumentException">The lengths of rows differ.</exception>
    public Residual(ILayer inner, ILayer? shortcut = null)
    {
        ArgumentNullException.ThrowIfNull(inner);
        if (shortcut is null && inner.Inputs != inner.Outputs)
        {
            throw new ArgumentException($"The layer makes rows of {inner.Outputs} values from rows of {inner.Inputs}, so they can't be added. Give a shortcut that changes the length, such as a Dense layer.", nameof(inner));
        }
        _inner = inner;
        _shortcut = shortcut ?? new Identity(inner.Inputs);
        if (_shortcut.Inputs != inner.Inputs || _shortcut.Outputs != inner.Outputs)
        {
            throw new ArgumentException($"The shortcut maps {_shortcut.Inputs} values to {_shortcut.Outputs}, and the layer {inner.Inputs} to {inner.Outputs}. Make them equal.", nameof(shortcut));
        }
        _layout = new ParameterLayout([_inner, _shortcut], nameof(shortcut));
        _output = new DenseMatrix(0, Outputs);
        _shortcutGradient = new DenseMatrix(0, Outputs);
        _inputGradient = new DenseMatrix(0, Inputs);
    }

    /// <inheritdoc/>
    public int Inputs => _inner.Inputs;

    /// <inheritdoc/>
    public int Outputs => _inner.Outputs;

    /// <inheritdoc/>
    public IReadOnlyList<ILayer> Layers => [_inner, _shortcut];

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters => _layout.Tensors;

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        var inner = _inner.Forward(_layout.Slice(parameters, 0), input, pass);
        var shortcut = _shortcut.Forward(_layout.Slice(parameters, 1), input, pass);
        TensorPrimitives.Add(inner.Values, shortcut.Values, _output.Resize(input.Rows).Values);
        return _output;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        // Either layer may overwrite what it is given.
        outputGradient.Values.CopyTo(_shortcutGradient.Resize(outputGradient.Rows).Values);
        var inner = _inner.Backward(_layout.Slice(parameters, 0), outputGradient, _layout.Slice(parameterGradient, 0), needsInputGradient);
        var shortcut = _shortcut.Backward(_layout.Slice(parameters, 1), _shortcutGradient, _layout.Slice(parameterGradient, 1), needsInputGradient);
        if (!needsInputGradient)
        {
            return null;
        }
        TensorPrimitives.Add(inner!.Values, shortcut!.Values, _inputGradient.Resize(outputGradient.Rows).Values);
        return _inputGradient;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string inner = _inner.Export(graph, input, _layout.Slice(parameters, 0));
        return graph.Node("Add", [inner, _shortcut.Export(graph, input, _layout.Slice(parameters, 1))]);
    }
}
