// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace MLNetExtensions.Onnx.Running;

/// <summary>Runs a session again and again over the same arrays: nothing is copied or allocated per run while the row count stays.</summary>
/// <remarks>For one thread at a time. Fill the inputs' rows, call <see cref="Run"/>, read the outputs' rows.</remarks>
public sealed class OnnxRunner : IDisposable
{
    private readonly OnnxSession _model;
    private readonly InferenceSession _session;
    private readonly IReadOnlyList<TensorBuffer> _inputs;
    private readonly IReadOnlyList<TensorBuffer> _outputs;
    private readonly int _capacity;
    private readonly RunOptions _options = new();
    private readonly OrtIoBinding _binding;
    private readonly List<OrtValue> _bound = [];
    private int _boundRows;
    private bool _disposed;

    internal OnnxRunner(OnnxSession model, InferenceSession session, IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs, int capacity)
    {
        _model = model;
        _session = session;
        _inputs = inputs;
        _outputs = outputs;
        _capacity = capacity;
        _binding = session.CreateIoBinding();
    }

    /// <summary>Runs the model on the first <paramref name="rows"/> rows of the input buffers.</summary>
    /// <exception cref="OnnxSessionException">The model cannot run on them, or an output has another shape than its buffer.</exception>
    /// <exception cref="ObjectDisposedException">The runner or its session was disposed.</exception>
    public void Run(int rows)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        _model.ThrowIfDisposed();
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(rows);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(rows, _capacity);
        try
        {
            if (rows != _boundRows)
            {
                Bind(rows);
            }
            _session.RunWithBinding(_options, _binding);
        }
        catch (OnnxRuntimeException failure)
        {
            throw _model.RunFailure(_inputs, rows, failure);
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        Release();
        _binding.Dispose();
        _options.Dispose();
    }

    private void Bind(int rows)
    {
        Release();
        foreach (var input in _inputs)
        {
            _binding.BindInput(input.Name, Keep(input.Bind(rows)));
        }
        foreach (var output in _outputs)
        {
            _binding.BindOutput(output.Name, Keep(output.Bind(rows)));
        }
        _boundRows = rows;
    }

    private OrtValue Keep(OrtValue value)
    {
        _bound.Add(value);
        return value;
    }

    private void Release()
    {
        _boundRows = 0;
        _binding.ClearBoundInputs();
        _binding.ClearBoundOutputs();
        _bound.ForEach(value => value.Dispose());
        _bound.Clear();
    }
}
