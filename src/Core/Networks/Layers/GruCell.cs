// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Layers;

/// <summary>One level of a <see cref="Gru"/> over all its steps. Sequences lie step after step: those of N rows have row n of step t at t N + n.</summary>
/// <remarks>
/// With hidden states h, of zeros at first:
/// <c>z = σ(x Wz + h Uz + bz), r = σ(x Wr + h Ur + br), c = tanh(x Wc + bc + r ⊙ (h Uc + b'c)), h' = (1 - z) ⊙ c + z ⊙ h</c>.
/// The parameters are W (inputs x 3 hidden, its columns in the order z, r, c), U (hidden x 3 hidden), b (3 hidden) and b'c (hidden).
/// </remarks>
internal sealed class GruCell
{
    private readonly int _inputs, _hidden, _steps;
    private readonly bool _repeats;
    private readonly float[] _zeros;
    private readonly DenseMatrix _fromInput, _fromHidden, _gates, _candidates, _states;
    private readonly DenseMatrix _inputSide, _hiddenSide, _inputGradient;
    private DenseMatrix? _input;
    private int _threads;

    /// <summary>A level.</summary>
    /// <param name="inputs">The length of an input row.</param>
    /// <param name="hidden">The length of a hidden state.</param>
    /// <param name="steps">How many steps there are.</param>
    /// <param name="repeats">Whether one input is seen at every step, in place of a sequence of inputs.</param>
    public GruCell(int inputs, int hidden, int steps, bool repeats)
    {
        int gates = checked(3 * hidden);
        (_inputs, _hidden, _steps, _repeats) = (inputs, hidden, steps, repeats);
        _zeros = new float[gates];
        _fromInput = new DenseMatrix(0, gates);
        _fromHidden = new DenseMatrix(0, gates);
        _gates = new DenseMatrix(0, gates);
        _candidates = new DenseMatrix(0, hidden);
        _states = new DenseMatrix(0, hidden);
        _inputSide = new DenseMatrix(0, gates);
        _hiddenSide = new DenseMatrix(0, gates);
        _inputGradient = new DenseMatrix(0, inputs);
        var weight = Initialization.Uniform(1 / MathF.Sqrt(hidden));
        Parameters =
        [
            new ParameterTensor("input_weight", [inputs, gates], weight),
            new ParameterTensor("hidden_weight", [hidden, gates], weight),
            new ParameterTensor("bias", [gates], Initialization.Zero, Decays: false),
            new ParameterTensor("candidate_bias", [hidden], Initialization.Zero, Decays: false),
        ];
        int hiddenWeight = Parameters[0].Length, bias = hiddenWeight + Parameters[1].Length;
        (InputWeight, HiddenWeight, Bias, CandidateBias) = (..hiddenWeight, hiddenWeight..bias, bias..(bias + gates), (bias + gates)..(bias + gates + hidden));
    }

    /// <summary>W, U, b and b'c.</summary>
    public IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <summary>Where W lies.</summary>
    public Range InputWeight { get; }

    /// <summary>Where U lies.</summary>
    public Range HiddenWeight { get; }

    /// <summary>Where b lies.</summary>
    public Range Bias { get; }

    /// <summary>Where b'c lies.</summary>
    public Range CandidateBias { get; }

    /// <summary>Computes the hidden states after each step.</summary>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, int threads)
    {
        (_input, _threads) = (input, threads);
        int rows = _repeats ? input.Rows : input.Rows / _steps, width = 3 * _hidden;

        // What comes from the inputs is one product for all steps; an input that repeats is multiplied once.
        RowSums.SetRows(_fromInput.Resize(input.Rows).Values, parameters[Bias]);
        MatrixProduct.Multiply(input.Values, false, parameters[InputWeight], false, _fromInput.Values, input.Rows, width, _inputs, accumulate: true, threads);
        _fromHidden.Resize(rows);
        _gates.Resize(_steps * rows);
        _candidates.Resize(_steps * rows);
        _states.Resize(_steps * rows);
        for (int step = 0; step < _steps; step++)
        {
            if (step > 0)
            {
                var before = Step(_states, step - 1, rows);
                MatrixProduct.Multiply(before, false, parameters[HiddenWeight], false, _fromHidden.Values, rows, width, _hidden, accumulate: false, threads);
            }
            for (int row = 0; row < rows; row++)
            {
                int at = (step * rows) + row;
                GruKernel.Forward(
                    _fromInput.Row(_repeats ? row : at), step > 0 ? _fromHidden.Row(row) : _zeros, parameters[CandidateBias],
                    Before(at, rows), _gates.Row(at), _candidates.Row(at), _states.Row(at));
            }
        }
        return _states;
    }

    /// <summary>Computes gradients from those by the hidden states after each step, which are overwritten.</summary>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix stateGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        int rows = stateGradient.Rows / _steps, width = 3 * _hidden;
        _inputSide.Resize(stateGradient.Rows);
        _hiddenSide.Resize(stateGradient.Rows);
        for (int step = _steps - 1; step >= 0; step--)
        {
            for (int row = 0; row < rows; row++)
            {
                int at = (step * rows) + row;
                GruKernel.Backward(
                    stateGradient.Row(at), _gates.Row(at), _candidates.Row(at), Before(at, rows), _inputSide.Row(at), _hiddenSide.Row(at),
                    step > 0 ? stateGradient.Row(at - rows) : [], parameterGradient[CandidateBias]);
            }
            if (step > 0)
            {
                MatrixProduct.Multiply(
                    Step(_hiddenSide, step, rows), false, parameters[HiddenWeight], true, Step(stateGradient, step - 1, rows), rows, _hidden, width, accumulate: true, _threads);
            }
        }
        if (_steps > 1)
        {
            int earlier = (_steps - 1) * rows;
            MatrixProduct.Multiply(
                _states.Values[..(earlier * _hidden)], true, _hiddenSide.Values[(rows * width)..], false, parameterGradient[HiddenWeight],
                _hidden, width, earlier, accumulate: true, _threads);
        }
        return InputGradient(parameters, _repeats ? SumOfSteps(rows) : _inputSide.Values, parameterGradient, needsInputGradient);
    }

    private DenseMatrix? InputGradient(ReadOnlySpan<float> parameters, ReadOnlySpan<float> side, Span<float> parameterGradient, bool needed)
    {
        int rows = _input!.Rows, width = 3 * _hidden;
        RowSums.AddRows(side, parameterGradient[Bias]);
        MatrixProduct.Multiply(_input.Values, true, side, false, parameterGradient[InputWeight], _inputs, width, rows, accumulate: true, _threads);
        if (!needed)
        {
            return null;
        }
        _inputGradient.Resize(rows);
        MatrixProduct.Multiply(side, false, parameters[InputWeight], true, _inputGradient.Values, rows, _inputs, width, accumulate: false, _threads);
        return _inputGradient;
    }

    // The gradient by what the input gave to every step, in the place of the first step's.
    private Span<float> SumOfSteps(int rows)
    {
        var sum = Step(_inputSide, 0, rows);
        for (int step = 1; step < _steps; step++)
        {
            TensorPrimitives.Add(sum, Step(_inputSide, step, rows), sum);
        }
        return sum;
    }

    private ReadOnlySpan<float> Before(int at, int rows) => at < rows ? _zeros.AsSpan(0, _hidden) : _states.Row(at - rows);

    private static Span<float> Step(DenseMatrix sequence, int step, int rows) => sequence.Values.Slice(step * rows * sequence.Columns, rows * sequence.Columns);
}
