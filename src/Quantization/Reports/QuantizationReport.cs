// SPDX-License-Identifier: MIT
using System.Text.Json;

namespace MLNetExtensions.Quantization.Reports;

/// <summary>What a quantization did to a model, tensor by tensor, and how ONNX Runtime will run the result.</summary>
public sealed record QuantizationReport
{
    /// <summary>The version of ONNX Runtime of which <see cref="TensorReport.Path"/> speaks.</summary>
    public required string RuntimeVersion { get; init; }

    /// <summary>The version of ONNX Runtime whose measured behaviour was used: <see cref="RuntimeVersion"/> or the nearest one measured.</summary>
    public required string FactsOfVersion { get; init; }

    /// <summary>The model's opset before.</summary>
    public long OpsetBefore { get; init; }

    /// <summary>The model's opset after.</summary>
    public long OpsetAfter { get; init; }

    /// <summary>Why the opset could not be raised to the one that 4-bit <c>DequantizeLinear</c> needs; null where it could or needn't.</summary>
    public string? OpsetObstacle { get; init; }

    /// <summary>The solver's name.</summary>
    public required string Solver { get; init; }

    /// <summary>Every floating-point tensor of more than one element, largest first.</summary>
    public required IReadOnlyList<TensorReport> Tensors { get; init; }

    /// <summary>Tensors that were quantized.</summary>
    public int QuantizedTensors => Tensors.Count(tensor => tensor.Path != RuntimePath.NotQuantized);

    /// <summary>Bytes of the quantized tensors, before.</summary>
    public long QuantizedBytesBefore => Tensors.Where(tensor => tensor.Path != RuntimePath.NotQuantized).Sum(tensor => tensor.BytesBefore);

    /// <summary>Bytes of the quantized tensors, after.</summary>
    public long QuantizedBytesAfter => Tensors.Where(tensor => tensor.Path != RuntimePath.NotQuantized).Sum(tensor => tensor.BytesAfter);

    /// <summary>Bytes after over bytes before, of the quantized tensors; 1 where there is none.</summary>
    public double BytesRatio => QuantizedBytesBefore == 0 ? 1 : (double)QuantizedBytesAfter / QuantizedBytesBefore;

    /// <summary>The report as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.QuantizationReport);

    /// <summary>A report from its JSON.</summary>
    /// <exception cref="JsonException">The text is no report.</exception>
    public static QuantizationReport FromJson(string json) =>
        JsonSerializer.Deserialize(json, ReportJson.Default.QuantizationReport) ?? throw new JsonException("The text is null, not a report.");
}
