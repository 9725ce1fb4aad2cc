// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>Gated recurrent units, one level upon another, that see the same input row at every step (Cho et al., arXiv 1406.1078, with the reset gate after the product).</summary>
/// <remarks>
/// Hidden states begin as zeros. What the first level makes of its input is computed once, whatever the number of steps. For each level the
/// parameters are the input's weights (inputs x 3 hidden, columns in the order z, r, c), the hidden state's (hidden x 3 hidden), the biases
/// (3 hidden), and the bias within the reset gate (hidden).
/// </remarks>
public sealed class Gru : ILayer
{
    private readonly GruCell[] _cells;
    private readonly GruOutput _keeps;
    private readonly int[] _starts;
    private readonly int _hidden, _steps;
    private readonly DenseMatrix _output;
    private readonly DenseMatrix _stateGradient;

    /// <summary>Stacked gated recurrent units.</summary>
    /// <param name="inputs">The length of an input row.</param>
    /// <param name="hidden">The length of a hidden state.</param>
    /// <param name="steps">How many times the input is seen.</param>
    /// <param name="levels">How many units are stacked; each sees the hidden states of the one below.</param>
    /// <param name="output">Whether the last level hands on its last state or those of all steps.</param>
    public Gru(int inputs, int hidden, int steps, int levels = 1, GruOutput output = GruOutput.LastStep)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(hidden);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(steps);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(levels);
        if (!Enum.IsDefined(output))
        {
            throw new ArgumentOutOfRangeException(nameof(output), output, "There is no such output.");
        }
        Inputs = inputs;
        (_hidden, _steps, _keeps) = (hidden, steps, output);
        _cells = [.. Enumerable.Range(0, levels).Select(level => new GruCell(level == 0 ? inputs : hidden, hidden, steps, repeats: level == 0))];
        Parameters = [.. _cells.SelectMany((cell, level) => cell.Parameters.Select(tensor => tensor with { Name = $"{level}.{tensor.Name}" }))];
        _starts = new int[levels + 1];
        for (int level = 0; level < levels; level++)
        {
            _starts[level + 1] = _cells[level].Parameters.Aggregate(_starts[level], (sum, tensor) => checked(sum + tensor.Length));
        }
        _output = new DenseMatrix(0, output == GruOutput.AllSteps ? checked(steps * hidden) : hidden);
        _stateGradient = new DenseMatrix(0, hidden);
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs => _output.Columns;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        int rows = input.Rows;
        var states = input;
        for (int level = 0; level < _cells.Length; level++)
        {
            states = _cells[level].Forward(parameters[_starts[level].._starts[level + 1]], states, pass.Threads);
        }
        _output.Resize(rows);
        for (int step = _keeps == GruOutput.AllSteps ? 0 : _steps - 1, column = 0; step < _steps; step++, column += _hidden)
        {
            for (int row = 0; row < rows; row++)
            {
                states.Row((step * rows) + row).CopyTo(_output.Row(row)[column..]);
            }
        }
        return _output;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        int rows = outputGradient.Rows, kept = _keeps == GruOutput.AllSteps ? 0 : _steps - 1;
        _stateGradient.Resize(_steps * rows).Values[..(kept * rows * _hidden)].Clear();
        for (int step = kept, column = 0; step < _steps; step++, column += _hidden)
        {
            for (int row = 0; row < rows; row++)
            {
                outputGradient.Row(row).Slice(column, _hidden).CopyTo(_stateGradient.Row((step * rows) + row));
            }
        }
        DenseMatrix? gradient = _stateGradient;
        for (int level = _cells.Length - 1; level >= 0; level--)
        {
            var own = _starts[level].._starts[level + 1];
            gradient = _cells[level].Backward(parameters[own], gradient!, parameterGradient[own], needsInputGradient || level > 0);
        }
        return gradient;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(graph);
        return GruExport.Write(graph, input, _cells, parameters, _hidden, _steps, _keeps);
    }
}
