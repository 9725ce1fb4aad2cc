// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Quantization.Tests.Support;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>What ONNX Runtime computes with codes is what it computes with the weights that we decode from them.</summary>
public sealed class ReferenceTests
{
    public static TheoryData<string> Models => new(
        "MatMul", "MatMulOfConstant", "MatMulAdd", "MatMulAddRelu", "MatMulRelu", "MatMulAddRow", "MatMulOfReshape", "MatMulOfTranspose", "MatMulStack", "MatMulLeft", "MatMulShared",
        "Gemm", "GemmRelu", "GemmReluWithoutBias", "GemmRow", "GemmTransB", "GemmTransBOfTranspose", "GemmTransBShared", "GemmAlpha", "GemmBeta", "GemmTransA", "GemmLeft",
        "Conv", "Conv1d", "ConvDepthwise", "ConvTranspose", "ConvTransposeGroups", "Gather", "GatherLast", "GatherTied",
        "GRU", "LSTM", "RNN", "LSTMOfUnsqueeze", "If", "Double");

    [Theory]
    [MemberData(nameof(Models))]
    public void Every_form_grouping_and_format_computes_what_its_decoded_weights_do(string name)
    {
        using var original = SmallModels.Create(name);
        float[] exact = Runs.Outputs(original);
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            foreach (var form in Enum.GetValues<QuantizationForm>())
            {
                foreach (var grouping in Enum.GetValues<WeightGrouping>())
                {
                    string what = $"{name} {format} {form} {grouping}";
                    using var model = SmallModels.Create(name);
                    var report = OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format, Form = form, Grouping = grouping, AccuracyLevel = 0 });
                    Assert.True(report.QuantizedTensors > 0, what);
                    Assert.True(OnnxChecker.Check(model) is [], what + ": " + string.Join("; ", OnnxChecker.Check(model)));
                    float[] actual = Runs.Outputs(model);
                    using var decoded = DecodedModel.Of(model);
                    Assert.True(Runs.Distance(actual, Runs.Outputs(decoded)) < 2e-6, what + ": the codes do not decode to what is run");
                    // 4 bits lose 6 to 20 % of uniform weights; a wrong axis loses everything.
                    Assert.True(Runs.Distance(actual, exact) < 0.3, what + $": {Runs.Distance(actual, exact)} from the original");
                }
            }
        }
    }

    [Theory]
    [InlineData(16)]
    [InlineData(64)]
    [InlineData(128)]
    [InlineData(256)]
    public void Every_block_size_does(int blockSize)
    {
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            foreach (var form in Enum.GetValues<QuantizationForm>())
            {
                using var model = SmallModels.Create("Gemm");
                OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format, Form = form, BlockSize = blockSize, AccuracyLevel = 0 });
                using var decoded = DecodedModel.Of(model);
                Assert.InRange(Runs.Distance(Runs.Outputs(model), Runs.Outputs(decoded)), 0, 2e-6);
            }
        }
    }

    [Theory]
    [InlineData(QuantizationFormat.Qdq)]
    [InlineData(QuantizationFormat.MatMulNBits)]
    public void Half_precision_weights_keep_half_precision_scales(QuantizationFormat format)
    {
        using var model = SmallModels.Create("Half");
        var report = OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format });
        var tensor = Assert.Single(report.Tensors);
        Assert.Equal("FLOAT16", tensor.ElementType);
        Assert.Equal((SmallModels.K / 32 + 1) * SmallModels.N * 2, tensor.BytesAfter - CodeBytes(format));
        Assert.Contains("MatMulNBits", Runs.OptimizedOperators(model));
        static int CodeBytes(QuantizationFormat format) => (format == QuantizationFormat.Qdq ? SmallModels.K : 96) * SmallModels.N / 2;
    }

    [Theory]
    [InlineData("Half")]
    [InlineData("HalfConv")]
    public void Half_precision_models_compute_what_their_decoded_weights_do(string name)
    {
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            foreach (var form in Enum.GetValues<QuantizationForm>())
            {
                using var model = SmallModels.Create(name);
                Assert.Equal(1, OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format, Form = form, AccuracyLevel = 0 }).QuantizedTensors);
                using var decoded = DecodedModel.Of(model);
                // 11 bits of mantissa in each factor and in the sum.
                Assert.InRange(Runs.Distance(Runs.Outputs(model), Runs.Outputs(decoded)), 0, 2e-3);
            }
        }
    }

    [Theory]
    [InlineData("constant", 1e-6)]
    [InlineData("nearly constant", 1e-6)]
    [InlineData("huge", 0.3)]
    [InlineData("tiny", 0.3)]
    [InlineData("one outlier", 0.3)]
    [InlineData("zero columns", 0.3)]
    public void Odd_weights_stay_finite_and_near(string kind, double most)
    {
        float[] weights = OnnxSamples.Weights(5, SmallModels.K * SmallModels.N);
        for (int i = 0; i < weights.Length; i++)
        {
            weights[i] = kind switch
            {
                "constant" => 5f,
                "nearly constant" => 5f + (1e-6f * weights[i]),
                "huge" => 1e30f * weights[i],
                "tiny" => 1e-30f * weights[i],
                "one outlier" => i % 700 == 0 ? 1e4f : weights[i],
                _ => i % SmallModels.N < 20 ? 0 : weights[i],
            };
        }
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            foreach (var form in Enum.GetValues<QuantizationForm>())
            {
                using var model = SmallModels.Create("MatMul");
                model.Proto.Graph.Initializer[0] = OnnxTypes.Tensor("w", [SmallModels.K, SmallModels.N], weights);
                float[] exact = Runs.Outputs(model);
                OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format, Form = form, AccuracyLevel = 0 });
                float[] actual = Runs.Outputs(model);
                Assert.True(Array.TrueForAll(actual, float.IsFinite), $"{kind} {format} {form}");
                Assert.True(Runs.Distance(actual, exact) <= most, $"{kind} {format} {form}: {Runs.Distance(actual, exact)}");
            }
        }
    }

    [Fact]
    public void Activations_of_8_bits_cost_less_than_a_percent()
    {
        using var model = SmallModels.Create("MatMul");
        OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = QuantizationFormat.MatMulNBits });
        using var decoded = DecodedModel.Of(model);
        Assert.InRange(Runs.Distance(Runs.Outputs(model), Runs.Outputs(decoded)), 1e-6, 1e-2);
    }

    [Fact]
    public void With_real_zero_points_activations_stay_floats()
    {
        using var model = SmallModels.Create("MatMul");
        OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = QuantizationFormat.MatMulNBits, Form = QuantizationForm.RealOffset, AccuracyLevel = 4 });
        using var decoded = DecodedModel.Of(model);
        Assert.InRange(Runs.Distance(Runs.DefaultOutputs(model), Runs.Outputs(decoded)), 0, 2e-6);
    }

    [RealDataTheory]
    [InlineData("cifar_base_kw_simp.onnx", 4)]
    [InlineData("cifar_deep_kw_simp.onnx", 6)]
    [InlineData("cifar_wide_kw_simp.onnx", 4)]
    [InlineData("cnn_max_mninst3.onnx", 4)]
    [InlineData("mnist5x20_leaky_relu.onnx", 7)]
    [InlineData("ort-mnist-cnn.onnx", 3)]
    [InlineData("robust_model_sigmoid_linear.onnx", 3)]
    [InlineData("self-attention-mnist-pgd-medium-sim.onnx", 6)]
    public void Trained_networks_of_old_opsets_do(string file, int tensors)
    {
        foreach (var options in (OnnxQuantizationOptions[])
            [
                new() { AccuracyLevel = 0 },
                new() { AccuracyLevel = 0, Form = QuantizationForm.RealOffset },
                new() { AccuracyLevel = 0, Form = QuantizationForm.Asymmetric, Format = QuantizationFormat.MatMulNBits },
            ])
        {
            using var model = OnnxModel.Load(RealData.PathOf("onnx/" + file));
            var report = OnnxQuantizer.Quantize(model, options);
            Assert.Equal(tensors, report.QuantizedTensors);
            Assert.Null(report.OpsetObstacle);
            Assert.Empty(OnnxChecker.Check(model));
            using var decoded = DecodedModel.Of(model);
            Assert.InRange(Runs.Distance(Runs.Outputs(model), Runs.Outputs(decoded)), 0, 1e-5);
            int matrices = report.Tensors.Count(tensor => tensor.Path == RuntimePath.Fused);
            Assert.Equal(matrices, Runs.OptimizedOperators(model).Count(operation => operation == "MatMulNBits"));
        }
    }

    [RealDataFact]
    public void A_network_with_nested_conditions_is_quantized_inside_them()
    {
        using var model = OnnxModel.Load(Directory.GetFiles(RealData.PathOf("onnx/silero-vad"), "*.onnx")[0]);
        var report = OnnxQuantizer.Quantize(model);
        Assert.Equal(21, report.OpsetAfter);
        Assert.Contains(report.Tensors, tensor => tensor.Name == "model.decoder.rnn.weight_ih" && tensor.Path == RuntimePath.DequantizedAtEachRun && tensor.SignalToNoise > 20);
        Assert.Equal(8, Runs.OptimizedOperators(model).Count(operation => operation == "DequantizeLinear"));
    }
}
