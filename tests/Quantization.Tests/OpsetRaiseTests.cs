// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Tests.Support;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>A raised model computes what it did. Its weights are multiples of a quarter that 4 bits hold exactly, so that nothing else can differ.</summary>
public sealed class OpsetRaiseTests
{
    private static readonly Dictionary<string, (int Opset, Func<OnnxGraphBuilder, string, string> Build)> Operators = new()
    {
        ["Softmax of the last axis"] = (11, (g, x) => g.Node("Softmax", [x], (string?)null, SmallModels.With("axis", 3))),
        ["Softmax of the first axis"] = (9, (g, x) => g.Node("Softmax", [x])),
        ["LogSoftmax"] = (11, (g, x) => g.Node("LogSoftmax", [x], (string?)null, SmallModels.With("axis", 2))),
        ["Hardmax"] = (11, (g, x) => g.Node("Hardmax", [x], (string?)null, SmallModels.With("axis", 2))),
        ["Clip"] = (10, (g, x) => g.Node("Clip", [x], (string?)null, new Dictionary<string, object> { ["min"] = -0.5f, ["max"] = 0.75f })),
        ["Clip without a minimum"] = (10, (g, x) => g.Node("Clip", [x], (string?)null, SmallModels.With("max", 0.25f))),
        ["Dropout"] = (9, (g, x) => g.Node("Dropout", [x], (string?)null, SmallModels.With("ratio", 0.3f))),
        ["Slice"] = (9, (g, x) => g.Node("Slice", [x], (string?)null, new Dictionary<string, object> { ["starts"] = new long[] { 1, 0 }, ["ends"] = new long[] { 3, -1 }, ["axes"] = new long[] { 1, 3 } })),
        ["Pad"] = (10, (g, x) => g.Node("Pad", [x], (string?)null, new Dictionary<string, object> { ["pads"] = new long[] { 0, 0, 1, 1, 0, 0, 2, 0 }, ["value"] = 0.5f })),
        ["TopK"] = (9, (g, x) => g.Node("TopK", [x], ["values", "indices"], new Dictionary<string, object> { ["k"] = 2L })[0]),
        ["Squeeze"] = (11, (g, x) => g.Node("Squeeze", [g.Node("Unsqueeze", [x], (string?)null, SmallModels.With("axes", new long[] { 0, 2 }))], (string?)null, SmallModels.With("axes", new long[] { 0 }))),
        ["ReduceSum"] = (11, (g, x) => g.Node("ReduceSum", [x], (string?)null, new Dictionary<string, object> { ["axes"] = new long[] { 1, 2 }, ["keepdims"] = 0 })),
        ["ReduceMean"] = (13, (g, x) => g.Node("ReduceMean", [x], (string?)null, SmallModels.With("axes", new long[] { -1 }))),
        ["ReduceMax of everything"] = (11, (g, x) => g.Node("ReduceMax", [x])),
        ["Split"] = (11, (g, x) => string.Join("", g.Node("Concat", [.. g.Node("Split", [x], ["s1", "s2"], new Dictionary<string, object> { ["axis"] = 3, ["split"] = new long[] { 1, 4 } }).Reverse()], (string?)null, SmallModels.With("axis", 3)))),
        ["Split in equal parts"] = (13, (g, x) => g.Node("Concat", [.. g.Node("Split", [x], ["s1", "s2"], new Dictionary<string, object> { ["axis"] = 1 }).Reverse()], (string?)null, SmallModels.With("axis", 1))),
        ["Upsample"] = (7, (g, x) => g.Node("Upsample", [x], (string?)null, SmallModels.With("scales", new[] { 1f, 1f, 2f, 3f }))),
        ["Upsample by an input"] = (9, (g, x) => g.Node("Upsample", [x, g.Initializer("scales", [4], [1f, 1f, 2f, 2f])], (string?)null, SmallModels.With("mode", "linear"))),
        ["Resize"] = (10, (g, x) => g.Node("Resize", [x, g.Initializer("scales", [4], [1f, 1f, 1.5f, 2f])])),
        ["BatchNormalization"] = (8, (g, x) => g.Node("BatchNormalization", [x, .. Enumerable.Range(0, 4).Select(i => g.Initializer($"bn{i}", [4], [1f + i, 2f, 0.5f, 1f]))])),
        ["MaxPool"] = (8, (g, x) => g.Node("MaxPool", [x], (string?)null, SmallModels.With("kernel_shape", new long[] { 2, 2 }))),
        ["AveragePool"] = (10, (g, x) => g.Node("AveragePool", [x], (string?)null, new Dictionary<string, object> { ["kernel_shape"] = new long[] { 2, 2 }, ["pads"] = new long[] { 1, 1, 0, 0 } })),
        ["Scatter"] = (10, (g, x) => g.Node("Scatter", [x, g.Initializer("places", [1, 1, 1, 2], [0L, 2L]), g.Initializer("updates", [1, 1, 1, 2], [9f, 8f])], (string?)null, SmallModels.With("axis", 3))),
        ["LeakyRelu"] = (8, (g, x) => g.Node("LeakyRelu", [x])),
        ["InstanceNormalization"] = (8, (g, x) => g.Node("InstanceNormalization", [x, g.Initializer("in0", [4], [1f, 2f, 3f, 4f]), g.Initializer("in1", [4], [1f, 0f, 3f, 4f])])),
    };

    public static TheoryData<string> Names => [.. Operators.Keys];

    [Theory]
    [MemberData(nameof(Names))]
    public void A_raised_operator_means_the_same(string name)
    {
        var (opset, build) = Operators[name];
        using var original = OnnxModel.Create(Model(opset, build));
        using var raised = OnnxModel.Create(Model(opset, build));
        var report = OnnxQuantizer.Quantize(raised);
        Assert.Null(report.OpsetObstacle);
        Assert.Equal((opset, 21L, 1), (report.OpsetBefore, report.OpsetAfter, report.QuantizedTensors));
        Assert.Empty(OnnxChecker.Check(raised));
        Assert.InRange(Runs.Distance(Runs.Outputs(raised), Runs.Outputs(original)), 0, 1e-6);
    }

    [Theory]
    [InlineData(8, "BatchNormalization", "spatial=0", "spatial", 0L)]
    [InlineData(10, "Resize", "nearest neighbours", "", 0L)]
    [InlineData(10, "AveragePool", "ceil_mode", "ceil_mode", 1L)]
    public void What_cannot_be_kept_in_meaning_is_reported_and_nothing_is_raised(int opset, string operation, string says, string attribute, long value)
    {
        using var model = OnnxModel.Create(Model(opset, (g, x) => operation switch
        {
            "Resize" => g.Node("Resize", [x, g.Initializer("scales", [4], [1f, 1f, 0.5f, 0.5f])]),
            "AveragePool" => g.Node("AveragePool", [x], (string?)null, new Dictionary<string, object> { ["kernel_shape"] = new long[] { 2, 2 }, [attribute] = value }),
            _ => g.Node("BatchNormalization", [x, .. Enumerable.Range(0, 4).Select(i => g.Initializer($"bn{i}", [4], [1f, 1f, 1f, 1f]))], (string?)null, SmallModels.With(attribute, value)),
        }));
        byte[] before = model.ToBytes();
        var report = OnnxQuantizer.Quantize(model);
        Assert.Contains(says, report.OpsetObstacle!, StringComparison.Ordinal);
        Assert.Contains(operation, report.OpsetObstacle!, StringComparison.Ordinal);
        Assert.Equal((0, opset), (report.QuantizedTensors, (int)report.OpsetAfter));
        Assert.Contains(report.Tensors, tensor => tensor.Explanation.Contains(says, StringComparison.Ordinal));
        Assert.Equal(before, model.ToBytes());
        // The contrib operator needs no raise.
        Assert.Equal(1, OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = QuantizationFormat.MatMulNBits }).QuantizedTensors);
        Assert.Equal(opset, OnnxVersions.OpsetOf(model.Proto));
    }

    [Fact]
    public void An_operator_that_is_not_known_is_an_obstacle()
    {
        using var model = OnnxModel.Create(Model(13, (g, x) => g.Node("Novelty", [x])));
        Assert.Contains("Novelty", OnnxQuantizer.Quantize(model).OpsetObstacle!, StringComparison.Ordinal);
    }

    [Fact]
    public void Functions_of_the_model_are_an_obstacle()
    {
        using var model = SmallModels.Create("MatMul");
        model.Proto.Functions.Add(OnnxSamples.Function().Functions);
        Assert.Contains("operators of its own", OnnxQuantizer.Quantize(model).OpsetObstacle!, StringComparison.Ordinal);
    }

    [Fact]
    public void The_raise_can_be_forbidden()
    {
        using var model = SmallModels.Create("MatMul");
        var report = OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { RaiseOpset = false });
        Assert.Equal((0, 17L), (report.QuantizedTensors, report.OpsetAfter));
        Assert.Contains("RaiseOpset", report.OpsetObstacle!, StringComparison.Ordinal);
    }

    private static Onnx.Protobuf.ModelProto Model(int opset, Func<OnnxGraphBuilder, string, string> build)
    {
        var graph = new OnnxGraphBuilder("raised");
        string x = graph.Input("x", DataType.Float, 3, 64);
        var random = new Random(7);
        float[] weights = [.. Enumerable.Range(0, 64 * 80).Select(_ => random.Next(-7, 8) / 4f)];
        // Each block holds the largest code, so that a quarter is its scale.
        for (int i = 0; i < 160; i++)
        {
            weights[(i / 80 * 32 * 80) + (i % 80)] = 7 / 4f;
        }
        string y = graph.Node("MatMul", [x, graph.Initializer("w", [64, 80], weights)]);
        string z = graph.Node("Reshape", [y, graph.Initializer("shape", [4], [3L, 4L, 4L, 5L])]);
        return graph.Output(build(graph, z), DataType.Float, null, null).ToModel(opset);
    }
}
