// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Quantization.Tests.Support;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>Facts about the running ONNX Runtime on which the quantizer's choices rest, on graphs written by hand. One that fails after an update calls for a new table in RuntimeFacts.</summary>
public sealed class RuntimeRowsTests
{
    [Theory]
    [InlineData(16, true)]
    [InlineData(32, true)]
    [InlineData(64, true)]
    [InlineData(128, true)]
    [InlineData(256, true)]
    [InlineData(8, false)]
    [InlineData(96, false)]
    public void Blocks_of_16_to_256_fuse_and_no_others(int blockSize, bool fuses)
    {
        using var model = Product(1024, blockSize);
        Assert.Equal(fuses ? ["MatMulNBits"] : ["DequantizeLinear", "MatMul"], Runs.OptimizedOperators(model));
    }

    /// <summary>1.29 fuses them into an operator that then refuses them; later versions decode them.</summary>
    [Fact]
    public void Blocks_of_512_run_from_1_30_on()
    {
        using var model = Product(1024, 512);
        if (Version.Parse(OnnxSession.RuntimeVersion) < new Version(1, 30))
        {
            Assert.Throws<OnnxSessionException>(() => Runs.OptimizedOperators(model));
        }
        else
        {
            Assert.Equal(["DequantizeLinear", "MatMul"], Runs.OptimizedOperators(model));
        }
    }

    [Theory]
    [InlineData(GraphOptimizationLevel.ORT_DISABLE_ALL, false)]
    [InlineData(GraphOptimizationLevel.ORT_ENABLE_BASIC, false)]
    [InlineData(GraphOptimizationLevel.ORT_ENABLE_EXTENDED, true)]
    [InlineData(GraphOptimizationLevel.ORT_ENABLE_ALL, true)]
    public void Products_fuse_from_the_extended_level_on(GraphOptimizationLevel level, bool fuses)
    {
        using var model = Product(64, 32);
        Assert.Equal(fuses, Runs.OptimizedOperators(model, new OnnxSessionSettings { Optimization = level }).Contains("MatMulNBits"));
    }

    [Fact]
    public void Decoded_at_load_the_filters_of_a_convolution_are_floats()
    {
        using var model = SmallModels.Create("Conv");
        OnnxQuantizer.Quantize(model);
        Assert.Contains("DequantizeLinear", Runs.OptimizedOperators(model, new OnnxSessionSettings()));
        Assert.DoesNotContain("DequantizeLinear", Runs.OptimizedOperators(model, new OnnxSessionSettings { ConfigEntries = new Dictionary<string, string> { ["session.disable_quant_qdq"] = "1" } }));
    }

    [Fact]
    public void A_transpose_of_decoded_weights_is_not_fused()
    {
        var graph = new OnnxGraphBuilder("transpose");
        string weights = graph.Node("Transpose", [Decoded(graph, "w", 48, 64, 1, 32)]);
        using var model = Finish(graph, graph.Node("MatMul", [graph.Input("x", DataType.Float, "n", 64), weights]));
        Assert.DoesNotContain("MatMulNBits", Runs.OptimizedOperators(model));
    }

    [Fact]
    public void A_transposed_Gemm_is_not_fused()
    {
        var graph = new OnnxGraphBuilder("gemm");
        string[] inputs = [graph.Input("x", DataType.Float, "n", 64), Decoded(graph, "w", 48, 64, 1, 32)];
        using var model = Finish(graph, graph.Node("Gemm", inputs, (string?)null, SmallModels.With("transB", 1)));
        Assert.DoesNotContain("MatMulNBits", Runs.OptimizedOperators(model));
    }

    [Fact]
    public void The_sum_of_two_decoded_matrices_is_not_fused()
    {
        var graph = new OnnxGraphBuilder("dual");
        string sum = graph.Node("Add", [Decoded(graph, "w1", 64, 48, 0, 32), Decoded(graph, "w2", 64, 48, 0, 32)]);
        using var model = Finish(graph, graph.Node("MatMul", [graph.Input("x", DataType.Float, "n", 64), sum]));
        Assert.Equal(2, Runs.OptimizedOperators(model).Count(operation => operation == "DequantizeLinear"));
    }

    [Fact]
    public void A_fused_product_takes_8_bit_activations_unless_told_otherwise()
    {
        using var model = Product(256, 32);
        using var decoded = DecodedModel.Of(model);
        float[] exact = Runs.Outputs(decoded);
        Assert.InRange(Runs.Distance(Runs.Outputs(model), exact), 0, 2e-6);
        Assert.InRange(Runs.Distance(Runs.DefaultOutputs(model), exact), 1e-4, 2e-2);
    }

    [Theory]
    [InlineData(512)]
    [InlineData(1024)]
    public void MatMulNBits_refuses_larger_blocks(int blockSize)
    {
        var graph = new OnnxGraphBuilder("large blocks").Domain("com.microsoft", 1);
        string[] inputs =
        [
            graph.Input("x", DataType.Float, "n", 1024),
            graph.Initializer(OnnxTypes.Tensor("codes", DataType.Uint8, [8, 1024 / blockSize, blockSize / 2], new byte[8 * 512])),
            graph.Initializer("scales", [8, 1024 / blockSize], OnnxSamples.Weights(1, 8 * 1024 / blockSize)),
        ];
        var attributes = new Dictionary<string, object> { ["K"] = 1024, ["N"] = 8, ["bits"] = 4, ["block_size"] = blockSize };
        using var model = Finish(graph, graph.Node("MatMulNBits", inputs, (string?)null, attributes, "com.microsoft"));
        Assert.Throws<OnnxSessionException>(() => Runs.Outputs(model));
    }

    [Fact]
    public void Integer_convolutions_of_4_bits_are_refused()
    {
        var graph = new OnnxGraphBuilder("integer");
        string x = graph.Input("x", DataType.Uint8, 1, 2, 4, 4);
        string scale = graph.Initializer("scale", [], [0.1f]);
        string zero = graph.Initializer(OnnxTypes.Tensor("zero", DataType.Uint8, [], [0]));
        string weights = graph.Constant(OnnxTypes.Tensor("w", DataType.Int4, [2, 2, 3, 3], new byte[18]));
        string weightZero = graph.Constant(OnnxTypes.Tensor("wz", DataType.Int4, [], [0]));
        string y = graph.Node("QLinearConv", [x, scale, zero, weights, scale, weightZero, scale, zero]);
        using var model = OnnxModel.Create(graph.Output(y, DataType.Uint8, null, null, null, null).ToModel());
        Assert.Throws<OnnxSessionException>(() => OnnxSession.Open(model.ToBytes()));
    }

    private static OnnxModel Product(int inputs, int blockSize)
    {
        var graph = new OnnxGraphBuilder("product");
        return Finish(graph, graph.Node("MatMul", [graph.Input("x", DataType.Float, "n", inputs), Decoded(graph, "w", inputs, 48, 0, blockSize)]));
    }

    private static OnnxModel Finish(OnnxGraphBuilder graph, string value) => OnnxModel.Create(graph.Output(value, DataType.Float, null, null).ToModel());

    private static string Decoded(OnnxGraphBuilder graph, string name, int rows, int columns, int axis, int blockSize)
    {
        byte[] codes = new byte[rows * columns / 2];
        new Random(1).NextBytes(codes);
        long[] scales = axis == 0 ? [(rows + blockSize - 1) / blockSize, columns] : [rows, (columns + blockSize - 1) / blockSize];
        string[] inputs =
        [
            graph.Constant(OnnxTypes.Tensor(name + "_codes", DataType.Int4, [rows, columns], codes)),
            graph.Initializer(name + "_scale", scales, OnnxSamples.Weights(2, (int)(scales[0] * scales[1]))),
        ];
        return graph.Node("DequantizeLinear", inputs, name, new Dictionary<string, object> { ["axis"] = axis, ["block_size"] = blockSize });
    }
}
