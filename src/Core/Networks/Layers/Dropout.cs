// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Numerics.Tensors;
using System.Runtime.InteropServices;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>In training, sets values to zero at random and enlarges the others, so that the mean stays; in scoring, does nothing (Srivastava et al., 2014).</summary>
public sealed class Dropout : ILayer
{
    private readonly DenseMatrix _output;
    private readonly DenseMatrix _factors;
    private readonly uint _threshold;
    private readonly float _scale;
    private bool _dropped;

    /// <summary>A dropout of rows of that length.</summary>
    /// <param name="size">The length of a row.</param>
    /// <param name="rate">The part, in [0, 1), that is set to zero.</param>
    public Dropout(int size, float rate)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (rate is not (>= 0 and < 1))
        {
            throw new ArgumentOutOfRangeException(nameof(rate), rate, "The part that is dropped must lie in [0, 1).");
        }
        Inputs = size;
        _output = new DenseMatrix(0, size);
        _factors = new DenseMatrix(0, size);
        _threshold = (uint)(rate * 4294967296.0);
        _scale = 1 / (1 - rate);
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
        _dropped = pass.Random is not null && _threshold > 0;
        if (!_dropped)
        {
            return input;
        }
        DrawFactors(_factors.Resize(input.Rows).Values, pass.Random!);
        TensorPrimitives.Multiply(input.Values, _factors.Values, _output.Resize(input.Rows).Values);
        return _output;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        if (_dropped && needsInputGradient)
        {
            TensorPrimitives.Multiply(outputGradient.Values, _factors.Values, outputGradient.Values);
        }
        return outputGradient;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters) => input;

    // 32 random bits decide on a value. They are drawn into the factors' own memory: what follows has no branch to mispredict.
    private void DrawFactors(Span<float> factors, RandomStream random)
    {
        var pairs = MemoryMarshal.Cast<float, ulong>(factors);
        foreach (ref ulong pair in pairs)
        {
            pair = random.NextUInt64();
        }
        if (factors.Length % 2 > 0)
        {
            factors[^1] = BitConverter.UInt32BitsToSingle((uint)random.NextUInt64());
        }
        VectorLoop.Map(new Choice(_threshold, _scale), factors, factors, factors);
    }

    private readonly struct Choice(uint threshold, float scale) : IVectorFunction
    {
        private readonly Vector<uint> _threshold = new(threshold);
        private readonly Vector<float> _scale = new(scale);

        public Vector<float> Invoke(Vector<float> x, Vector<float> y) =>
            Vector.ConditionalSelect(Vector.AsVectorSingle(Vector.LessThan(Vector.AsVectorUInt32(x), _threshold)), Vector<float>.Zero, _scale);
    }
}
