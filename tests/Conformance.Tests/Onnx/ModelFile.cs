// SPDX-License-Identifier: MIT
using Google.Protobuf;
using Microsoft.ML;
using MLNetExtensions.Onnx;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Conformance.Tests.Onnx;

/// <summary>A small model in a temporary file.</summary>
internal sealed class ModelFile : IDisposable
{
    private ModelFile(OnnxGraphBuilder graph) => File.WriteAllBytes(Path, graph.ToModel(opset: 21).ToByteArray());

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), System.IO.Path.GetRandomFileName() + ".onnx");

    public static MLContext Context { get; } = new(1);

    public static IDataView Rows { get; } = Context.Data.LoadFromEnumerable(Enumerable.Range(0, 3).Select(i => new FeatureRow { Features = [i, 1, 2, 3, 4], One = i, Text = "t" + i }));

    /// <summary>score_ = Features x [1, 2, -1, 0, 0] transposed.</summary>
    public static ModelFile Linear(object?[]? input = null, object?[]? output = null)
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("Features", DataType.Float, input ?? ["N", 5]);
        graph.Node("MatMul", ["Features", graph.Initializer("W", [5, 1], [1f, 2f, -1f, 0f, 0f])], "score_");
        return new ModelFile(graph.Output("score_", DataType.Float, output ?? ["N", 1]));
    }

    /// <summary>score_ = Features x W + a constant of some type, cast to FLOAT.</summary>
    public static ModelFile WithConstant(DataType type, byte[] raw, bool initializer)
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("Features", DataType.Float, "N", 5);
        var tensor = OnnxTypes.Tensor("C", type, [1], raw);
        string constant = initializer ? graph.Initializer(tensor) : graph.Constant(tensor);
        string cast = graph.Node("Cast", [constant], (string?)null, new Dictionary<string, object> { ["to"] = (long)DataType.Float });
        string product = graph.Node("MatMul", ["Features", graph.Initializer("W", [5, 1], [1f, 2f, -1f, 0f, 0f])]);
        graph.Node("Add", [product, cast], "score_");
        return new ModelFile(graph.Output("score_", DataType.Float, "N", 1));
    }

    /// <summary>Y = X of one type.</summary>
    public static ModelFile Identity(DataType type, params object?[] dimensions)
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("X", type, dimensions);
        graph.Node("Identity", ["X"], "Y");
        return new ModelFile(graph.Output("Y", type, dimensions));
    }

    /// <summary>Sum.output = A + B with slot names, Dif = A - B, and Rows[2, K] of where A is not zero.</summary>
    public static ModelFile Two()
    {
        var graph = new OnnxGraphBuilder();
        graph.Input("A", DataType.Float, "N", 3);
        graph.Input("B", DataType.Float, "N", 3);
        graph.Node("Add", ["A", "B"], "Sum.output");
        graph.Node("Sub", ["A", "B"], "Dif");
        graph.Node("NonZero", ["A"], "Where");
        graph.Domain("ai.onnx.ml", 2);
        var text = new MLNetExtensions.Onnx.Protobuf.TensorProto { Name = "name", DataType = (int)DataType.String };
        text.Dims.Add(1);
        text.StringData.Add(ByteString.CopyFromUtf8("p"));
        graph.Node(
            "LabelEncoder",
            [graph.Initializer(text)],
            "unused",
            new Dictionary<string, object> { ["keys_strings"] = new[] { "p", "q", "r" }, ["values_strings"] = new[] { "p", "q", "r" } },
            "ai.onnx.ml");
        graph.Graph.Node[^1].Name = "mlnet.Sum.SlotNames";
        return new ModelFile(graph.Output("Sum.output", DataType.Float, "N", 3).Output("Dif", DataType.Float, "N", 3).Output("Where", DataType.Int64, 2, "K"));
    }

    public void Dispose() => File.Delete(Path);
}
