// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;

namespace MLNetExtensions.Onnx.Running;

/// <summary>A model opened by ONNX Runtime. Safe to run from many threads at once; each takes a runner of its own.</summary>
public sealed class OnnxSession : IDisposable
{
    private readonly InferenceSession _session;
    private bool _disposed;

    private OnnxSession(InferenceSession session, string name)
    {
        _session = session;
        Name = name;
        Inputs = [.. session.InputNames.Select(input => Describe(input, session.InputMetadata[input]))];
        Outputs = [.. session.OutputNames.Select(output => Describe(output, session.OutputMetadata[output]))];
    }

    /// <summary>The version of ONNX Runtime that runs here, such as <c>1.29.0</c>. What it fuses depends on it.</summary>
    public static string RuntimeVersion => OrtEnv.Instance().GetVersionString();

    /// <summary>The model's file, or what the caller named it.</summary>
    public string Name { get; }

    /// <summary>The inputs that must be fed, in the graph's order.</summary>
    public IReadOnlyList<OnnxTensorInfo> Inputs { get; }

    /// <summary>The outputs, in the graph's order.</summary>
    public IReadOnlyList<OnnxTensorInfo> Outputs { get; }

    /// <summary>Opens a model's file; tensors in external files are found beside it.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="OnnxSessionException">ONNX Runtime refuses the model.</exception>
    public static OnnxSession Open(string path, OnnxSessionSettings? settings = null)
    {
        ArgumentException.ThrowIfNullOrEmpty(path);
        if (!File.Exists(path))
        {
            throw new FileNotFoundException($"The ONNX model '{path}' does not exist.", path);
        }
        return Open(path, settings, options => new InferenceSession(path, options));
    }

    /// <summary>Opens a model held in memory.</summary>
    /// <exception cref="OnnxSessionException">ONNX Runtime refuses the model.</exception>
    public static OnnxSession Open(byte[] model, OnnxSessionSettings? settings = null, string name = "model in memory")
    {
        ArgumentNullException.ThrowIfNull(model);
        return Open(name, settings, options => new InferenceSession(model, options));
    }

    /// <summary>Buffers for batches of up to <paramref name="capacity"/> rows, bound once and reused at each run.</summary>
    /// <param name="inputs">One buffer for each input.</param>
    /// <param name="outputs">Buffers of the outputs that are wanted; the others are not computed where the graph allows it.</param>
    /// <param name="capacity">The most rows in one run.</param>
    public OnnxRunner CreateRunner(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<TensorBuffer> outputs, int capacity)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ArgumentNullException.ThrowIfNull(outputs);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(capacity);
        ThrowIfDisposed();
        return new OnnxRunner(this, _session, inputs, outputs, capacity);
    }

    /// <summary>Runs the model once on given buffers and returns outputs in buffers of the size they turned out to have.</summary>
    /// <remarks>For models whose output shapes are not known beforehand; scoring many rows is the business of <see cref="CreateRunner"/>.</remarks>
    /// <param name="inputs">One buffer for each input.</param>
    /// <param name="outputs">The names of the outputs that are wanted; null for all.</param>
    /// <param name="rows">How many rows of the input buffers hold values.</param>
    public IReadOnlyList<TensorBuffer> RunOnce(IReadOnlyList<TensorBuffer> inputs, IReadOnlyList<string>? outputs = null, int rows = 1)
    {
        ArgumentNullException.ThrowIfNull(inputs);
        ThrowIfDisposed();
        string[] wanted = [.. outputs ?? [.. Outputs.Select(output => output.Name)]];
        var values = new List<OrtValue>();
        try
        {
            foreach (var input in inputs)
            {
                values.Add(input.Bind(rows));
            }
            using var options = new RunOptions();
            using var results = _session.Run(options, [.. inputs.Select(input => input.Name)], values, wanted);
            return [.. results.Select((result, i) => TensorBuffer.CopyOf(wanted[i], result))];
        }
        catch (OnnxRuntimeException failure)
        {
            throw RunFailure(inputs, rows, failure);
        }
        finally
        {
            values.ForEach(value => value.Dispose());
        }
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _disposed = true;
        _session.Dispose();
    }

    // ONNX Runtime does not look whether what it is given is still there: it would take the whole process down.
    internal void ThrowIfDisposed() => ObjectDisposedException.ThrowIf(_disposed, this);

    internal OnnxSessionException RunFailure(IEnumerable<TensorBuffer> inputs, int rows, Exception failure) =>
        new(Name, $"ONNX Runtime {RuntimeVersion} could not run '{Name}' on " +
            string.Join(", ", inputs.Select(input => $"'{input.Name}' {OnnxTensorInfo.Describe(input.ShapeOf(rows))}")) +
            $". The model declares {string.Join(", ", Inputs)}. {failure.Message}", failure);

    private static OnnxSession Open(string name, OnnxSessionSettings? settings, Func<SessionOptions, InferenceSession> open)
    {
        try
        {
            using var options = (settings ?? new OnnxSessionSettings()).ToSessionOptions();
            return new OnnxSession(open(options), name);
        }
        catch (OnnxRuntimeException failure)
        {
            throw new OnnxSessionException(name, $"ONNX Runtime {RuntimeVersion} could not open '{name}': {failure.Message}", failure);
        }
    }

    private static OnnxTensorInfo Describe(string name, NodeMetadata node) => node.IsTensor
        // Its binding cuts dimensions to 32 bits: a large one looks negative, and is not an open one.
        ? new OnnxTensorInfo(name, node.ElementDataType, [.. node.Dimensions.Select(d => d < -1 ? (uint)d : (long)d)])
        : new OnnxTensorInfo(name, default, [], IsTensor: false);
}
