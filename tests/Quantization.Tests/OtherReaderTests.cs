// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Tests.Support;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>Weights that leave the model by another way than through the operator they are quantized for.</summary>
public sealed class OtherReaderTests
{
    private const int K = 64;
    private const int N = 48;

    public static TheoryData<string> Models => ["identical output", "unread copy", "output beside a branch", "vector input"];

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_reader_sees_the_decoded_weights(string name)
    {
        using var original = Create(name);
        float[] exact = Runs.Outputs(original);
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            foreach (var grouping in Enum.GetValues<WeightGrouping>())
            {
                string what = $"{name} {format} {grouping}";
                using var model = Create(name);
                var report = OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format, Grouping = grouping, AccuracyLevel = 0 });
                Assert.True(report.QuantizedTensors == 1, what);
                Assert.True(OnnxChecker.Check(model) is [], what + ": " + string.Join("; ", OnnxChecker.Check(model)));
                float[] actual = Runs.Outputs(model);
                using var decoded = DecodedModel.Of(model);
                Assert.True(Runs.Distance(actual, Runs.Outputs(decoded)) < 2e-6, what);
                Assert.True(Runs.Distance(actual, exact) < 0.3, what);
            }
        }
    }

    [Fact]
    public void A_shape_that_the_caller_may_replace_is_not_folded_in()
    {
        var g = new OnnxGraphBuilder("shape");
        string shape = g.Input("shape", DataType.Int64, 2);
        g.Graph.Initializer.Add(OnnxTypes.Tensor(shape, [2], [(long)K, N]));
        string weights = g.Node("Reshape", [g.Initializer("w", [8, 8, N], OnnxSamples.Weights(1, K * N)), shape]);
        g.Output(g.Node("MatMul", [g.Input("x", DataType.Float, "n", K), weights]), DataType.Float, "n", null);
        using var model = OnnxModel.Create(g.ToModel(21));

        var report = OnnxQuantizer.Quantize(model);

        Assert.Equal(0, report.QuantizedTensors);
        Assert.Contains(model.Proto.Graph.Node, node => node.OpType == "Reshape");
        Assert.Contains(model.Proto.Graph.Input, input => input.Name == "shape");
    }

    [Fact]
    public void A_matrix_that_is_also_transposed_for_the_caller_stays_as_it_is()
    {
        var g = new OnnxGraphBuilder("transposed");
        string weights = SmallModels.Matrix(g, [K, N]);
        g.Output(g.Node("MatMul", [g.Input("x", DataType.Float, "n", K), weights]), DataType.Float, "n", N);
        g.Output(g.Node("Transpose", [weights]), DataType.Float, N, K);
        using var model = OnnxModel.Create(g.ToModel(21));

        var report = OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Grouping = WeightGrouping.PerKernel });

        Assert.Equal(0, report.QuantizedTensors);
        Assert.Contains(report.Tensors, tensor => tensor.Explanation.Contains("Transpose", StringComparison.Ordinal));
        Assert.NotEmpty(Runs.Outputs(model));
    }

    private static OnnxModel Create(string name)
    {
        var g = new OnnxGraphBuilder("readers");
        string x = name == "vector input" ? g.Input("x", DataType.Float, K) : g.Input("x", DataType.Float, "n", K);
        string weights = SmallModels.Matrix(g, name == "identical output" ? [N, K] : [K, N]);
        switch (name)
        {
            case "vector input":
                g.Output(g.Node("MatMul", [x, weights]), DataType.Float, N);
                break;
            case "output beside a branch":
                var then = g.Subgraph("then");
                then.Output(then.Node("MatMul", [x, weights]), DataType.Float, "n", N);
                var branches = new Dictionary<string, object> { ["then_branch"] = then.Graph, ["else_branch"] = WithoutWeights(g, x).Graph };
                g.Output(g.Node("If", [g.Input("condition", DataType.Bool)], (string?)null, branches), DataType.Float, "n", null);
                g.Output(g.Node("Identity", [weights]), DataType.Float, K, N);
                break;
            case "unread copy":
                g.Node("Identity", [weights]);
                g.Output(g.Node("MatMul", [x, weights]), DataType.Float, "n", N);
                break;
            default:
                g.Output(g.Node("Gemm", [x, weights], (string?)null, SmallModels.With("transB", 1)), DataType.Float, "n", N);
                g.Output(g.Node("Identity", [weights]), DataType.Float, N, K);
                break;
        }
        return OnnxModel.Create(g.ToModel(17));
    }

    private static OnnxGraphBuilder WithoutWeights(OnnxGraphBuilder g, string x)
    {
        var branch = g.Subgraph("without");
        branch.Output(branch.Node("Neg", [x]), DataType.Float, "n", K);
        return branch;
    }
}
