// SPDX-License-Identifier: MIT
using System.Text.Json;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Reports;

namespace MLNetExtensions.Quantization.Inspection;

/// <summary>What a model is, and what quantization would make of each of its tensors; no weight is read for it.</summary>
public sealed record ModelSummary
{
    /// <summary>The version of the ONNX format.</summary>
    public long IrVersion { get; init; }

    /// <summary>Who wrote the model; empty where it does not say.</summary>
    public required string Producer { get; init; }

    /// <summary>The operator sets it imports, as <c>ai.onnx 17</c>.</summary>
    public required IReadOnlyList<string> Opsets { get; init; }

    /// <summary>The inputs that the caller must give, as <c>name: FLOAT [N, 784]</c>.</summary>
    public required IReadOnlyList<string> Inputs { get; init; }

    /// <summary>The outputs, in the same form.</summary>
    public required IReadOnlyList<string> Outputs { get; init; }

    /// <summary>How often each operator occurs, subgraphs and functions included; the most frequent first.</summary>
    public required IReadOnlyDictionary<string, int> Operators { get; init; }

    /// <summary>The number of elements in all tensors that the model holds.</summary>
    public long Parameters { get; init; }

    /// <summary>The bytes of all tensors that the model holds.</summary>
    public long TensorBytes { get; init; }

    /// <summary>Why standard 4-bit tensors cannot be had; null where they can.</summary>
    public string? OpsetObstacle { get; init; }

    /// <summary>Every floating-point tensor with what would become of it, the largest first. Errors are not known before quantization: they are null.</summary>
    public required IReadOnlyList<TensorReport> Tensors { get; init; }

    /// <summary>Looks at a model.</summary>
    /// <param name="model">The model; it is not changed.</param>
    /// <param name="options">The quantization to foretell; the defaults of <see cref="OnnxQuantizationOptions"/>.</param>
    /// <exception cref="OnnxFormatException">The model is damaged.</exception>
    public static ModelSummary Of(OnnxModel model, OnnxQuantizationOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new OnnxQuantizationOptions();
        var proto = model.Proto;
        var plan = ModelPlan.Of(model, new GraphEditor(proto), options);
        var tensors = GraphWalk.Tensors(proto).ToArray();
        var constants = proto.Graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        return new ModelSummary
        {
            IrVersion = proto.IrVersion,
            Producer = $"{proto.ProducerName} {proto.ProducerVersion}".Trim(),
            Opsets = [.. proto.OpsetImport.Select(opset => $"{(opset.Domain.Length == 0 ? "ai.onnx" : opset.Domain)} {opset.Version}")],
            Inputs = [.. proto.Graph.Input.Where(input => !constants.Contains(input.Name)).Select(Describe)],
            Outputs = [.. proto.Graph.Output.Select(Describe)],
            Operators = Count(proto),
            Parameters = tensors.Sum(TensorElements.ElementCount),
            TensorBytes = tensors.Sum(tensor => TensorTypes.BytesOf(tensor.DataType, TensorElements.ElementCount(tensor))),
            OpsetObstacle = plan.Obstacle,
            Tensors = ReportMaker.Foretell(plan.Weights, options.Form),
        };
    }

    /// <summary>The summary as indented JSON.</summary>
    public string ToJson() => JsonSerializer.Serialize(this, ReportJson.Default.ModelSummary);

    private static Dictionary<string, int> Count(ModelProto model) => GraphWalk.Nodes(model)
        .CountBy(node => node.Domain is "" or "ai.onnx" ? node.OpType : $"{node.Domain}.{node.OpType}")
        .OrderByDescending(pair => pair.Value).ThenBy(pair => pair.Key, StringComparer.Ordinal)
        .ToDictionary(StringComparer.Ordinal);

    private static string Describe(ValueInfoProto value)
    {
        if (value.Type?.TensorType is not { } type)
        {
            return $"{value.Name}: {value.Type?.ValueCase.ToString() ?? "type not given"}";
        }
        string dimensions = type.Shape is null ? "" : $" [{string.Join(", ", type.Shape.Dim.Select(dimension => dimension.HasDimParam ? dimension.DimParam : dimension.HasDimValue ? $"{dimension.DimValue}" : "?"))}]";
        return $"{value.Name}: {TensorTypes.NameOf(type.ElemType)}{dimensions}";
    }
}
