// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;

namespace MLNetExtensions.Quantization;

/// <summary>Refuses nodes that lack inputs or outputs which their operators can't do without, once and in front, so that what rewrites graphs may rely on them.</summary>
internal static class DamagedNodes
{
    private static readonly HashSet<string> WithoutInputs = ["Constant", "Optional", "RandomNormal", "RandomUniform", "SequenceEmpty"];
    private static readonly HashSet<string> WithTwoInputs = ["Add", "Conv", "ConvTranspose", "Gather", "Gemm", "MatMul", "Upsample"];
    private static readonly HashSet<string> WithThreeInputs = ["GRU", "LSTM", "RNN"];

    /// <exception cref="OnnxFormatException">A node lacks an input or output.</exception>
    public static void Refuse(OnnxModel model)
    {
        foreach (var node in GraphWalk.Nodes(model.Proto).Where(node => node.Domain is "" or "ai.onnx"))
        {
            int needed = LeastInputs(node);
            if (node.Output.Count == 0 || node.Input.Count < needed)
            {
                throw new OnnxFormatException(
                    $"{model.Path ?? "model"}, node '{node.Name}' ({node.OpType})",
                    $"it has {node.Input.Count} inputs and {node.Output.Count} outputs; the operator has at least {needed} and 1");
            }
        }
    }

    // An older Upsample has its scales as an attribute.
    private static int LeastInputs(NodeProto node) =>
        WithoutInputs.Contains(node.OpType) ? 0
        : WithThreeInputs.Contains(node.OpType) ? 3
        : WithTwoInputs.Contains(node.OpType) && !(node.OpType == "Upsample" && node.Attribute.Any(attribute => attribute.Name == "scales")) ? 2
        : 1;
}
