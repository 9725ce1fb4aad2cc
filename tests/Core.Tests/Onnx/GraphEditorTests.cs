// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class GraphEditorTests
{
    [Fact]
    public void Unique_names_clash_with_no_graph_of_the_model_and_not_with_each_other()
    {
        var editor = new GraphEditor(OnnxSamples.If());

        Assert.Equal("then_w_1", editor.UniqueName("then_w"));
        Assert.Equal("then_w_2", editor.UniqueName("then_w"));
        Assert.Equal("fresh", editor.UniqueName("fresh"));
        Assert.Equal("If_0_1", editor.UniqueNodeName("If_0"));
    }

    [Fact]
    public void An_initializer_is_replaced_by_the_node_that_makes_it()
    {
        var proto = OnnxSamples.If();
        var codes = OnnxTypes.Tensor("codes", TensorProto.Types.DataType.Int4, [20, 20], new byte[200]);
        proto.Graph.Initializer.Add(codes);
        proto.Graph.Initializer.Add(OnnxTypes.Tensor("scale", [], (float[])[0.5f]));

        GraphEditor.ReplaceInitializer(proto.Graph, "shared", new NodeProto { OpType = "DequantizeLinear", Input = { "codes", "scale" }, Output = { "shared" } });

        Assert.Equal(["DequantizeLinear", "If"], proto.Graph.Node.Select(node => node.OpType));
        Assert.Empty(Problems(proto));
    }

    [Fact]
    public void Nodes_are_inserted_before_their_first_reader_even_if_that_is_a_subgraph()
    {
        var proto = OnnxSamples.If();
        proto.Graph.Node.Insert(0, new NodeProto { OpType = "Neg", Input = { "shared" }, Output = { "negative" } });
        GraphEditor.RedirectReaders(proto.Graph, "shared", "other");
        proto.Graph.Node[0].Input[0] = "shared";

        GraphEditor.Insert(proto.Graph, new NodeProto { OpType = "Abs", Input = { "negative" }, Output = { "other" } });

        Assert.Equal(["Neg", "Abs", "If"], proto.Graph.Node.Select(node => node.OpType));
        Assert.Empty(Problems(proto));
    }

    [Fact]
    public void Nodes_that_fit_nowhere_are_refused()
    {
        var proto = OnnxSamples.MatMul();
        proto.Graph.Node[0].Input[1] = "new";

        Assert.Throws<ArgumentException>(() => GraphEditor.Insert(proto.Graph, new NodeProto { OpType = "Abs", Input = { "y" }, Output = { "new" } }));
    }

    [Fact]
    public void A_value_is_renamed_where_subgraphs_see_it_and_not_where_they_redefine_it()
    {
        var proto = OnnxSamples.If();
        var redefining = proto.Graph.Node[0].Attribute[1].G;
        redefining.Initializer.Add(OnnxTypes.Tensor("shared", [20, 20], OnnxSamples.Weights(1, 400)));

        new GraphEditor(proto).Rename(proto.Graph, "shared", "common");

        Assert.Equal("common", proto.Graph.Initializer[0].Name);
        Assert.Equal("common", proto.Graph.Node[0].Attribute[0].G.Node[1].Input[1]);
        Assert.Equal("shared", redefining.Node[1].Input[1]);
        Assert.Throws<ArgumentException>(() => new GraphEditor(proto).Rename(proto.Graph, "x", "common"));
    }

    [Fact]
    public void Readers_in_subgraphs_count_as_readers()
    {
        var proto = OnnxSamples.If();

        Assert.Equal(["then", "else"], GraphEditor.Readers(proto.Graph, "shared").Select(reader => reader.Graph.Name));
        Assert.True(GraphEditor.IsUsed(proto.Graph, "shared"));
        Assert.True(GraphEditor.IsUsed(proto.Graph, "y"));
        Assert.False(GraphEditor.IsUsed(proto.Graph, "nothing"));
    }

    [Fact]
    public void Only_initializers_that_nothing_reads_are_removed()
    {
        var proto = OnnxSamples.If();
        proto.Graph.Initializer.Add(OnnxTypes.Tensor("spare", [1], (float[])[1]));
        proto.Graph.Node[0].Attribute[0].G.Initializer.Add(OnnxTypes.Tensor("inner spare", [1], (float[])[1]));

        Assert.Equal(2, GraphEditor.RemoveUnusedInitializers(proto.Graph));

        Assert.Equal(OnnxSamples.If(), proto);
    }

    private static IReadOnlyList<OnnxProblem> Problems(ModelProto proto)
    {
        using var model = OnnxModel.Create(proto);
        return OnnxChecker.Check(model);
    }
}
