// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>Layers side by side: each takes the same input, and their outputs are joined into one row.</summary>
public sealed class Concat : ILayer
{
    private readonly ILayer[] _branches;
    private readonly ParameterLayout _layout;
    private readonly DenseMatrix _output;
    private readonly DenseMatrix _inputGradient;
    private readonly DenseMatrix[] _branchGradients;

    /// <summary>Takes branches in the order in which their outputs are joined.</summary>
    /// <exception cref="ArgumentException">There is no branch, or they take rows of different lengths.</exception>
    public Concat(params ILayer[] branches)
    {
        _layout = new ParameterLayout(branches, nameof(branches));
        _branches = [.. branches];
        Inputs = branches[0].Inputs;
        for (int i = 1; i < branches.Length; i++)
        {
            if (branches[i].Inputs != Inputs)
            {
                throw new ArgumentException($"Branch {i} ({branches[i].GetType().Name}) takes rows of {branches[i].Inputs} values, and the first one rows of {Inputs}. Make them equal.", nameof(branches));
            }
        }
        _output = new DenseMatrix(0, branches.Aggregate(0, (sum, branch) => checked(sum + branch.Outputs)));
        _inputGradient = new DenseMatrix(0, Inputs);
        _branchGradients = [.. branches.Select(branch => new DenseMatrix(0, branch.Outputs))];
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs => _output.Columns;

    /// <inheritdoc/>
    public IReadOnlyList<ILayer> Layers => _branches;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters => _layout.Tensors;

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        _output.Resize(input.Rows);
        for (int i = 0, column = 0; i < _branches.Length; column += _branches[i++].Outputs)
        {
            var part = _branches[i].Forward(_layout.Slice(parameters, i), input, pass);
            for (int row = 0; row < input.Rows; row++)
            {
                part.Row(row).CopyTo(_output.Row(row)[column..]);
            }
        }
        return _output;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        for (int i = 0, column = 0; i < _branches.Length; column += _branches[i++].Outputs)
        {
            var part = _branchGradients[i].Resize(outputGradient.Rows);
            for (int row = 0; row < part.Rows; row++)
            {
                outputGradient.Row(row).Slice(column, part.Columns).CopyTo(part.Row(row));
            }
            var inputGradient = _branches[i].Backward(_layout.Slice(parameters, i), part, _layout.Slice(parameterGradient, i), needsInputGradient);
            if (!needsInputGradient)
            {
                continue;
            }
            var sum = _inputGradient.Resize(outputGradient.Rows).Values;
            if (i == 0)
            {
                inputGradient!.Values.CopyTo(sum);
            }
            else
            {
                TensorPrimitives.Add(sum, inputGradient!.Values, sum);
            }
        }
        return needsInputGradient ? _inputGradient : null;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string[] parts = new string[_branches.Length];
        for (int i = 0; i < parts.Length; i++)
        {
            parts[i] = _branches[i].Export(graph, input, _layout.Slice(parameters, i));
        }
        return graph.Node("Concat", parts, attributes: new Dictionary<string, object> { ["axis"] = 1L });
    }
}
