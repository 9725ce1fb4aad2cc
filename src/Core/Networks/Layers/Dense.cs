// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>The affine map <c>y = x W + b</c>. Its parameters are W, inputs x outputs, and then b.</summary>
public sealed class Dense : ILayer
{
    private readonly bool _bias;
    private readonly DenseMatrix _output;
    private readonly DenseMatrix _inputGradient;
    private DenseMatrix? _input;
    private int _threads;

    /// <summary>An affine map.</summary>
    /// <param name="inputs">The length of an input row.</param>
    /// <param name="outputs">The length of an output row.</param>
    /// <param name="weight">How W begins; null for <see cref="Initialization.Glorot"/>. Before a rectifier take <see cref="Initialization.He"/>.</param>
    /// <param name="bias">Whether there is b; it begins as zeros.</param>
    public Dense(int inputs, int outputs, Initialization? weight = null, bool bias = true)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        Inputs = inputs;
        Outputs = outputs;
        _bias = bias;
        _output = new DenseMatrix(0, outputs);
        _inputGradient = new DenseMatrix(0, inputs);
        var weights = new ParameterTensor("weight", [inputs, outputs], weight ?? Initialization.Glorot(inputs, outputs));
        Parameters = bias ? [weights, new ParameterTensor("bias", [outputs], Initialization.Zero, Decays: false)] : [weights];
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs { get; }

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _input = input;
        _threads = pass.Threads;
        _output.Resize(input.Rows);
        if (_bias)
        {
            RowSums.SetRows(_output.Values, Bias(parameters));
        }
        MatrixProduct.Multiply(input.Values, false, Weight(parameters), false, _output.Values, input.Rows, Outputs, Inputs, accumulate: _bias, _threads);
        return _output;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        int rows = outputGradient.Rows;
        var weightGradient = parameterGradient[..(Inputs * Outputs)];
        MatrixProduct.Multiply(_input!.Values, true, outputGradient.Values, false, weightGradient, Inputs, Outputs, rows, accumulate: true, _threads);
        if (_bias)
        {
            RowSums.AddRows(outputGradient.Values, parameterGradient.Slice(Inputs * Outputs, Outputs));
        }
        if (!needsInputGradient)
        {
            return null;
        }
        _inputGradient.Resize(rows);
        MatrixProduct.Multiply(outputGradient.Values, false, Weight(parameters), true, _inputGradient.Values, rows, Inputs, Outputs, accumulate: false, _threads);
        return _inputGradient;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string weight = graph.Initializer(graph.UniqueName("weight"), [Inputs, Outputs], Weight(parameters));
        return _bias
            ? graph.Node("Gemm", [input, weight, graph.Initializer(graph.UniqueName("bias"), [Outputs], Bias(parameters))])
            : graph.Node("MatMul", [input, weight]);
    }

    private ReadOnlySpan<float> Weight(ReadOnlySpan<float> parameters) => parameters[..(Inputs * Outputs)];

    private ReadOnlySpan<float> Bias(ReadOnlySpan<float> parameters) => parameters.Slice(Inputs * Outputs, Outputs);
}
