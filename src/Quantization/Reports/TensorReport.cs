// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Reports;

/// <summary>What became of one tensor of weights.</summary>
public sealed record TensorReport
{
    /// <summary>The tensor's name.</summary>
    public required string Name { get; init; }

    /// <summary>The operators that read it, as <c>MatMul 'node name'</c>.</summary>
    public required IReadOnlyList<string> Consumers { get; init; }

    /// <summary>The dimensions of the original tensor.</summary>
    public required IReadOnlyList<long> Shape { get; init; }

    /// <summary>The element type of the original tensor, as ONNX names it.</summary>
    public required string ElementType { get; init; }

    /// <summary>How ONNX Runtime runs it.</summary>
    public required RuntimePath Path { get; init; }

    /// <summary>What stands behind <see cref="Path"/>: the operator it becomes, or why the tensor was left.</summary>
    public required string Explanation { get; init; }

    /// <summary>How the codes stand in the graph; null where the tensor was left.</summary>
    public QuantizationFormat? Format { get; init; }

    /// <summary>What a group stores; null where the tensor was left.</summary>
    public QuantizationForm? Form { get; init; }

    /// <summary>The number of groups; 0 where the tensor was left.</summary>
    public int Groups { get; init; }

    /// <summary>The most weights in a group; 0 where the tensor was left.</summary>
    public int GroupSize { get; init; }

    /// <summary>Bits of a weight's code: 4, or those of the element type where the tensor was left.</summary>
    public int Bits { get; init; }

    /// <summary>The squared error over the squared weights; null where the tensor was left.</summary>
    public double? NormalizedSquaredError { get; init; }

    /// <summary>The signal-to-quantization-noise ratio of the weights in decibels; positive infinity where nothing was lost, null where the tensor was left.</summary>
    public double? SignalToNoise { get; init; }

    /// <summary>Bytes of the original tensor.</summary>
    public long BytesBefore { get; init; }

    /// <summary>Bytes of codes, scales, zero points and offsets; those of the original tensor where it was left.</summary>
    public long BytesAfter { get; init; }
}
