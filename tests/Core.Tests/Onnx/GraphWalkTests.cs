// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class GraphWalkTests
{
    [Fact]
    public void Graphs_of_branches_and_loops_are_found_at_any_depth()
    {
        var model = new ModelProto { Graph = Graph("main", Node("If", Graph("then", Node("Loop", Graph("body"))), Graph("else")), Node("Scan", Graph("scan"))) };
        model.Functions.Add(new FunctionProto { Node = { Node("If", Graph("in function")) } });
        model.TrainingInfo.Add(new TrainingInfoProto { Initialization = Graph("initialization"), Algorithm = Graph("algorithm") });

        Assert.Equal(["main", "then", "body", "else", "scan", "initialization", "algorithm", "in function"], GraphWalk.Graphs(model).Select(graph => graph.Name));
        Assert.Equal(["If", "Scan", "Loop", "If"], GraphWalk.Nodes(model).Select(node => node.OpType));
    }

    [Fact]
    public void Weights_in_branches_are_found()
    {
        Assert.Equal(["shared", "then_w", "else_w"], GraphWalk.Tensors(OnnxSamples.If()).Select(tensor => tensor.Name));
    }

    [RealDataFact]
    public void The_weights_of_silero_vad_lie_in_subgraphs_and_are_found()
    {
        using var model = OnnxModel.Load(RealData.PathOf("onnx/silero-vad/silero_vad_16k_op15.onnx"));

        Assert.True(GraphWalk.Graphs(model.Proto).Count() > 1);
        Assert.Contains(GraphWalk.Nodes(model.Proto), node => node.OpType == "LSTM");
        Assert.True(GraphWalk.Tensors(model.Proto).Where(tensor => tensor.DataType == 1).Sum(TensorElements.ElementCount) > 200_000);
    }

    private static GraphProto Graph(string name, params NodeProto[] nodes) => new() { Name = name, Node = { nodes } };

    private static NodeProto Node(string operation, params GraphProto[] graphs)
    {
        var node = new NodeProto { OpType = operation };
        node.Attribute.Add(graphs.Length == 1 ? OnnxTypes.Attribute("body", graphs[0]) : new AttributeProto { Name = "branches", Graphs = { graphs } });
        return node;
    }
}
