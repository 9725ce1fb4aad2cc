// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Pipelines;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Transforms.Tests.OnnxScoring;

/// <summary>Models with a few weights each.</summary>
internal static class SmallModels
{
    /// <summary><c>features</c> [rows, 4] to <c>scores</c> [rows, 3]; a null row count is open.</summary>
    public static OnnxModelSource Linear(int? rows = null, string input = "features", string output = "scores") => Build(graph =>
    {
        object first = rows is int fixedRows ? fixedRows : "N";
        graph.Input(input, DataType.Float, first, 4);
        graph.Node("MatMul", [input, graph.Initializer("w", [4, 3], Ramp(12))], output);
        graph.Output(output, DataType.Float, first, 3);
    });

    /// <summary>A softmax over the rows: what a row scores depends on its neighbours.</summary>
    public static OnnxModelSource MixesRows() => Build(graph =>
    {
        graph.Input("features", DataType.Float, "N", 4);
        graph.Node("Softmax", ["features"], "scores", new Dictionary<string, object> { ["axis"] = 0 });
        graph.Output("scores", DataType.Float, "N", 4);
    });

    /// <summary>Two inputs, of other types and ranks, and three outputs: <c>sum</c>, <c>doubled</c>, <c>large</c>.</summary>
    public static OnnxModelSource TwoInputs() => Build(graph =>
    {
        graph.Input("features", DataType.Float, "N", 2, 2);
        graph.Input("number", DataType.Int64, "N", 1);
        graph.Node("ReduceSum", ["features", graph.Initializer("axes", [2], [1L, 2L])], "sum", new Dictionary<string, object> { ["keepdims"] = 0 });
        graph.Node("Add", ["number", "number"], "doubled");
        graph.Node("Greater", ["number", graph.Initializer("ten", [1], [10L])], "large");
        graph.Output("sum", DataType.Float, "N").Output("doubled", DataType.Int64, "N", 1).Output("large", DataType.Bool, "N", 1);
    });

    /// <summary>A logarithm: negative features give scores that are not numbers.</summary>
    public static OnnxModelSource Logarithm() => Build(graph =>
    {
        graph.Input("features", DataType.Float, "N", 4);
        graph.Node("Log", ["features"], "scores");
        graph.Output("scores", DataType.Float, "N", 4);
    });

    /// <summary><c>features</c> of any shape, passed on as <c>scores</c>.</summary>
    public static OnnxModelSource PassesOn(long[] shape) => Build(graph =>
    {
        object[] dimensions = [.. shape.Select(d => (object)d)];
        graph.Input("features", DataType.Float, dimensions);
        graph.Node("Identity", ["features"], "scores");
        graph.Output("scores", DataType.Float, dimensions);
    });

    public static float[] Ramp(int count) => [.. Enumerable.Range(0, count).Select(i => (i % 5 - 2) * 0.25f + i * 0.01f)];

    private static OnnxModelSource Build(Action<OnnxGraphBuilder> build)
    {
        var graph = new OnnxGraphBuilder("small");
        build(graph);
        return OnnxModelSource.FromBytes(graph.ToModel(opset: 13).ToByteArray(), "small model");
    }
}
