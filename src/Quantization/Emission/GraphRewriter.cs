// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Opsets;
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Weights;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>Puts encoded tensors in the place of the tensors of a model.</summary>
internal sealed class GraphRewriter(OnnxModel model, GraphEditor editor, OnnxQuantizationOptions options)
{
    private const string MicrosoftDomain = "com.microsoft";

    private readonly MatrixFusion _fusion = new(editor);

    public void Replace(IReadOnlyList<EncodedWeight> weights)
    {
        if (weights.Count == 0)
        {
            return;
        }
        MakeInitializersConstant();
        foreach (var encoded in weights)
        {
            RemoveOriginal(encoded.Plan.Weight);
            if (encoded.Plan.Matrix is { } matrix)
            {
                encoded.Plan.Weight.Graph.Initializer.Add(encoded.Initializers);
                foreach (var use in encoded.Plan.Weight.Uses)
                {
                    Multiply(use, matrix, encoded.MatrixInputs);
                }
            }
            else
            {
                Decode(encoded.Plan);
            }
        }
        foreach (var graph in weights.GroupBy(encoded => encoded.Plan.Graph))
        {
            NodeProto[] nodes = [.. graph.SelectMany(encoded => encoded.Nodes), .. graph.Key.Node];
            graph.Key.Node.Clear();
            graph.Key.Node.Add(nodes);
        }
        if (weights.Any(encoded => encoded.Plan.Matrix is not null) && OnnxVersions.OpsetOf(model.Proto, MicrosoftDomain) == 0)
        {
            model.Proto.OpsetImport.Add(new OperatorSetIdProto { Domain = MicrosoftDomain, Version = 1 });
        }
        GraphEditor.RemoveUnusedInitializers(model.Proto.Graph);
        model.Proto.IrVersion = Math.Max(model.Proto.IrVersion, OnnxVersions.IrVersionFor(model.Proto));
    }

    /// <summary>Before IR version 4 every initializer had to be an input as well; from then on that makes it replaceable, which it was not.</summary>
    private void MakeInitializersConstant()
    {
        if (model.Proto.IrVersion >= 4)
        {
            return;
        }
        var graph = model.Proto.Graph;
        var constants = graph.Initializer.Select(tensor => tensor.Name).ToHashSet(StringComparer.Ordinal);
        ValueInfoProto[] inputs = [.. graph.Input.Where(input => !constants.Contains(input.Name))];
        graph.Input.Clear();
        graph.Input.Add(inputs);
        model.Proto.IrVersion = 4;
    }

    private static void RemoveOriginal(WeightTensor weight)
    {
        if (weight.Constant is { } constant)
        {
            weight.Graph.Node.Remove(constant);
        }
        else
        {
            weight.Graph.Initializer.Remove(weight.Tensor);
        }
        foreach (var node in weight.Folded)
        {
            weight.Graph.Node.Remove(node);
        }
        RemoveDescription(weight.Graph, weight.Name);
        RemoveDescription(weight.Graph, weight.Value);
    }

    private static void RemoveDescription(GraphProto graph, string name)
    {
        if (graph.ValueInfo.FirstOrDefault(value => value.Name == name) is { } description)
        {
            graph.ValueInfo.Remove(description);
        }
    }

    private void Decode(WeightPlan plan)
    {
        bool isStoredTransposed = LayoutChoice.IsStoredTransposed(plan.Weight);
        if (plan.Weight.Uses is [var only] && RuntimeFacts.PatternOf(plan, only, options) == RuntimePattern.Matrix)
        {
            _fusion.Keep(only, plan.Layout!.Dimensions[1]);
        }
        if (isStoredTransposed)
        {
            foreach (var use in plan.Weight.Uses.Where(use => use.Node.OpType == "Gemm"))
            {
                use.Node.SetInteger("transB", 0);
            }
        }
    }

    private void Multiply(WeightUse use, MatrixLayout matrix, string[] inputs)
    {
        var node = use.Node;
        string addend = QuantizationPlanner.HasAddend(node) ? node.Input[2] : "";
        bool isBias = addend.Length > 0 && MatrixFusion.IsBias(use.Graph, addend, matrix.N);
        string first = node.Input[0];
        node.Input.Clear();
        node.Input.Add(first);
        node.Input.Add(inputs);
        if (isBias)
        {
            node.Input.Add(["", addend]);
        }
        while (node.Input[^1].Length == 0)
        {
            node.Input.RemoveAt(node.Input.Count - 1);
        }
        if (addend.Length > 0 && !isBias)
        {
            MatrixFusion.AddAfter(use.Graph, node, addend, "Add", editor);
        }
        node.OpType = "MatMulNBits";
        node.Domain = MicrosoftDomain;
        node.Attribute.Clear();
        node.SetInteger("K", matrix.K);
        node.SetInteger("N", matrix.N);
        node.SetInteger("bits", 4);
        node.SetInteger("block_size", matrix.BlockSize);
        node.SetInteger("accuracy_level", options.AccuracyLevel);
    }
}
