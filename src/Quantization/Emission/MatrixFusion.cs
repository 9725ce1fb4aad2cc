// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Weights;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>Keeps ONNX Runtime from merging a product into an operator that it does not fuse with 4-bit weights.</summary>
/// <remarks>Before it looks for DequantizeLinear, it merges MatMul and Add into Gemm; it fuses no product whose Relu stands within the graph, and Gemm only with a bias
/// of one dimension. <c>Sum</c> of two values means the same as <c>Add</c>, that of one value is the value, and neither is merged.</remarks>
internal sealed class MatrixFusion(GraphEditor editor)
{
    public void Keep(WeightUse use, long outputs)
    {
        if (use.Node.OpType == "Gemm")
        {
            KeepGemm(use, outputs);
        }
        else if (IsReadByRelu(use.Graph, use.Node.Output[0]))
        {
            AddAfter(use.Graph, use.Node, "", "Sum", editor);
        }
        else if (SoleReader(use.Graph, use.Node.Output[0]) is { OpType: "Add", Domain: "" or "ai.onnx" } add
            && (IsReadByRelu(use.Graph, add.Output[0]) || HasMatrixAddend(use, add)))
        {
            add.OpType = "Sum";
        }
    }

    private void KeepGemm(WeightUse use, long outputs)
    {
        var node = use.Node;
        string addend = QuantizationPlanner.HasAddend(node) ? node.Input[2] : "";
        if (!IsReadByRelu(use.Graph, node.Output[0]) && (addend.Length == 0 || IsBias(use.Graph, addend, outputs)))
        {
            return;
        }
        string[] factors = [node.Input[0], node.Input[1]];
        node.Input.Clear();
        node.Input.Add(factors);
        node.Attribute.Clear();
        node.OpType = "MatMul";
        AddAfter(use.Graph, node, addend, "Sum", editor);
    }

    /// <summary>Makes a node's output the sum of what it was and an addend, if there is one.</summary>
    public static void AddAfter(GraphProto graph, NodeProto node, string addend, string operation, GraphEditor editor)
    {
        string sum = node.Output[0];
        node.Output[0] = editor.UniqueName(sum + "_product");
        NodeProto add = new() { OpType = operation, Name = editor.UniqueNodeName((node.Name.Length > 0 ? node.Name : sum) + "_sum"), Input = { node.Output[0] }, Output = { sum } };
        if (addend.Length > 0)
        {
            add.Input.Add(addend);
        }
        graph.Node.Insert(graph.Node.IndexOf(node) + 1, add);
    }

    /// <summary>Whether a value is a constant vector, one number for each output.</summary>
    public static bool IsBias(GraphProto graph, string name, long outputs) => GraphEditor.FindInitializer(graph, name)?.Dims is [var size] && size == outputs;

    private static bool HasMatrixAddend(WeightUse use, NodeProto add) =>
        add.Input.Any(input => GraphEditor.FindInitializer(use.Graph, input)?.Dims.Count > 1);

    private static bool IsReadByRelu(GraphProto graph, string name) =>
        graph.Node.Any(node => node.OpType == "Relu" && node.Domain is "" or "ai.onnx" && node.Input.Contains(name));

    private static NodeProto? SoleReader(GraphProto graph, string name) =>
        !graph.Output.Any(output => output.Name == name) && GraphEditor.Readers(graph, name).ToArray() is [var (_, node)] ? node : null;
}
