// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class OnnxGraphBuilderTests
{
    [Fact]
    public void Mistakes_are_reported_where_they_are_made()
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("x", DataType.Float, "N", 4, null);

        Assert.StartsWith("The name 'x' is taken", Assert.Throws<ArgumentException>(() => graph.Input("x", DataType.Float)).Message, StringComparison.Ordinal);
        Assert.StartsWith("Node Neg reads 'z', which nothing has made yet.", Assert.Throws<ArgumentException>(() => graph.Node("Neg", ["z"])).Message, StringComparison.Ordinal);
        Assert.StartsWith("There is no value 'q'", Assert.Throws<ArgumentException>(() => graph.Output("q", DataType.Float)).Message, StringComparison.Ordinal);
        Assert.StartsWith("A dimension is an int", Assert.Throws<ArgumentException>(() => graph.Input("d", DataType.Float, 1.5)).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => graph.Node("Neg", ["x"], attributes: new Dictionary<string, object> { ["a"] = DateTime.MinValue }));
        Assert.Throws<InvalidOperationException>(() => graph.Subgraph("inner").ToModel());
    }

    [Fact]
    public void A_subgraph_takes_no_name_of_the_graph_around_it()
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("x", DataType.Float);
        var inner = graph.Subgraph("inner");

        Assert.Equal("x_1", inner.UniqueName("x"));
        Assert.Equal("Neg_out", inner.Node("Neg", ["x"]));
    }

    [Theory]
    [InlineData(13, 7)]
    [InlineData(17, 8)]
    [InlineData(21, 10)]
    [InlineData(8, 4)]
    public void The_IR_version_follows_from_the_opset(int opset, int irVersion)
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("x", DataType.Float);

        Assert.Equal(irVersion, graph.ToModel(opset).IrVersion);
    }

    [Fact]
    public void The_IR_version_follows_from_the_types_of_constants()
    {
        var graph = new OnnxGraphBuilder();
        graph.Initializer(OnnxTypes.Tensor("t", DataType.Int2, [3], new byte[1]));

        Assert.Equal(13, graph.ToModel(21).IrVersion);
    }
}
