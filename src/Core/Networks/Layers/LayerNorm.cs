// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Networks.Layers;

/// <summary>Moves each row to mean 0 and variance 1, and then scales and shifts each value by parameters (Ba et al., arXiv 1607.06450). Its parameters are the scales and then the shifts.</summary>
public sealed class LayerNorm : ILayer
{
    private readonly float _epsilon;
    private readonly DenseMatrix _normalized;
    private readonly DenseMatrix _inverseDeviations = new(0, 1);
    private readonly DenseMatrix _output;

    /// <summary>A normalisation of rows of that length.</summary>
    /// <param name="size">The length of a row.</param>
    /// <param name="epsilon">Added to the variance.</param>
    public LayerNorm(int size, float epsilon = 1e-5f)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(size);
        if (!(epsilon > 0 && float.IsFinite(epsilon)))
        {
            throw new ArgumentOutOfRangeException(nameof(epsilon), epsilon, "What is added to the variance must be positive.");
        }
        Inputs = size;
        _epsilon = epsilon;
        _normalized = new DenseMatrix(0, size);
        _output = new DenseMatrix(0, size);
        Parameters =
        [
            new ParameterTensor("scale", [size], Initialization.Constant(1), Decays: false),
            new ParameterTensor("shift", [size], Initialization.Zero, Decays: false),
        ];
    }

    /// <inheritdoc/>
    public int Inputs { get; }

    /// <inheritdoc/>
    public int Outputs => Inputs;

    /// <inheritdoc/>
    public IReadOnlyList<ParameterTensor> Parameters { get; }

    /// <inheritdoc/>
    public DenseMatrix Forward(ReadOnlySpan<float> parameters, DenseMatrix input, in LayerPass pass)
    {
        ArgumentNullException.ThrowIfNull(input);
        var scale = parameters[..Inputs];
        var shift = parameters.Slice(Inputs, Inputs);
        _normalized.Resize(input.Rows);
        _output.Resize(input.Rows);
        _inverseDeviations.Resize(input.Rows);
        for (int i = 0; i < input.Rows; i++)
        {
            var row = _normalized.Row(i);
            TensorPrimitives.Subtract(input.Row(i), TensorPrimitives.Sum<float>(input.Row(i)) / Inputs, row);
            float inverse = 1 / MathF.Sqrt((TensorPrimitives.SumOfSquares<float>(row) / Inputs) + _epsilon);
            TensorPrimitives.Multiply(row, inverse, row);
            TensorPrimitives.MultiplyAdd(row, scale, shift, _output.Row(i));
            _inverseDeviations[i, 0] = inverse;
        }
        return _output;
    }

    /// <inheritdoc/>
    public DenseMatrix? Backward(ReadOnlySpan<float> parameters, DenseMatrix outputGradient, Span<float> parameterGradient, bool needsInputGradient)
    {
        ArgumentNullException.ThrowIfNull(outputGradient);
        var scaleGradient = parameterGradient[..Inputs];
        for (int i = 0; i < outputGradient.Rows; i++)
        {
            TensorPrimitives.MultiplyAdd(outputGradient.Row(i), _normalized.Row(i), scaleGradient, scaleGradient);
        }
        RowSums.AddRows(outputGradient.Values, parameterGradient.Slice(Inputs, Inputs));
        if (!needsInputGradient)
        {
            return null;
        }
        for (int i = 0; i < outputGradient.Rows; i++)
        {
            // A row's mean and length are fixed, so the gradient loses its parts along both.
            var gradient = outputGradient.Row(i);
            var normalized = _normalized.Row(i);
            TensorPrimitives.Multiply(gradient, parameters[..Inputs], gradient);
            float mean = TensorPrimitives.Sum<float>(gradient) / Inputs;
            float along = TensorPrimitives.Dot<float>(gradient, normalized) / Inputs;
            TensorPrimitives.MultiplyAdd(normalized, -along, gradient, gradient);
            TensorPrimitives.Subtract(gradient, mean, gradient);
            TensorPrimitives.Multiply(gradient, _inverseDeviations[i, 0], gradient);
        }
        return outputGradient;
    }

    /// <inheritdoc/>
    public string Export(OnnxGraphBuilder graph, string input, ReadOnlySpan<float> parameters)
    {
        ArgumentNullException.ThrowIfNull(graph);
        string scale = graph.Initializer(graph.UniqueName("scale"), [Inputs], parameters[..Inputs]);
        string shift = graph.Initializer(graph.UniqueName("shift"), [Inputs], parameters.Slice(Inputs, Inputs));
        return graph.Node("LayerNormalization", [input, scale, shift], attributes: new Dictionary<string, object> { ["axis"] = -1L, ["epsilon"] = _epsilon });
    }
}
