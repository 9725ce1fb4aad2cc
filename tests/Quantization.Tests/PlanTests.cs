// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Quantization.Tests.Support;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>What is quantized and what is left, and that the report says why.</summary>
public sealed class PlanTests
{
    [Theory]
    [InlineData("w")]
    [InlineData("w*")]
    [InlineData("?")]
    [InlineData("MatMul_0")]
    public void An_excluded_tensor_is_left(string name)
    {
        using var model = SmallModels.Create("MatMul");
        byte[] before = model.ToBytes();
        var tensor = Assert.Single(OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { ExcludedNames = [name] }).Tensors);
        Assert.Equal(RuntimePath.NotQuantized, tensor.Path);
        Assert.Equal($"excluded by '{name}'", tensor.Explanation);
        Assert.Equal(tensor.BytesBefore, tensor.BytesAfter);
        Assert.Equal(before, model.ToBytes());
    }

    [Fact]
    public void Excluding_a_name_that_the_model_lacks_is_an_error()
    {
        using var model = SmallModels.Create("MatMul");
        var error = Assert.Throws<ArgumentException>(() => OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { ExcludedNames = ["decoder"] }));
        Assert.Contains("'decoder'", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void A_tensor_marked_as_not_trained_is_left(bool onModel)
    {
        using var model = SmallModels.Create("MatMul", 21);
        if (onModel)
        {
            NotTrainedTensors.Mark(model.Proto, "other");
            NotTrainedTensors.Mark(model.Proto, "w");
        }
        else
        {
            model.Proto.Graph.Initializer[0].MetadataProps.Add(new StringStringEntryProto { Key = NotTrainedTensors.Key, Value = "true" });
        }
        var tensor = Assert.Single(OnnxQuantizer.Quantize(model).Tensors);
        Assert.Equal((RuntimePath.NotQuantized, "its producer marks it as not trained"), (tensor.Path, tensor.Explanation));
        Assert.Contains("w", NotTrainedTensors.Of(model.Proto));
    }

    [Theory]
    [InlineData(QuantizationFormat.Qdq)]
    [InlineData(QuantizationFormat.MatMulNBits)]
    public void A_shared_tensor_is_stored_once(QuantizationFormat format)
    {
        using var model = SmallModels.Create("MatMulShared");
        var tensor = Assert.Single(OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format }).Tensors);
        Assert.Equal(2, tensor.Consumers.Count);
        Assert.Single(GraphWalk.Tensors(model.Proto), stored => stored.Name.EndsWith("_codes", StringComparison.Ordinal));
    }

    [Fact]
    public void A_tensor_shared_by_Gather_and_Gemm_takes_the_blocks_of_Gemm_and_says_so()
    {
        using var model = SmallModels.Create("GatherTied");
        var tensor = Assert.Single(OnnxQuantizer.Quantize(model).Tensors);
        Assert.Equal(2 * 50, tensor.Groups);
        Assert.Contains("blocks follow Gemm", tensor.Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void An_initializer_that_the_caller_may_replace_is_left()
    {
        using var model = SmallModels.Create("MatMul");
        model.Proto.Graph.Input.Add(OnnxTypes.Value("w", DataType.Float, SmallModels.K, SmallModels.N));
        Assert.Contains("may replace", Assert.Single(OnnxQuantizer.Quantize(model).Tensors).Explanation, StringComparison.Ordinal);
    }

    [Fact]
    public void Initializers_of_the_oldest_files_are_inputs_and_constants_all_the_same()
    {
        using var model = SmallModels.Create("MatMul", 8);
        model.Proto.IrVersion = 3;
        model.Proto.Graph.Input.Add(OnnxTypes.Value("w", DataType.Float, SmallModels.K, SmallModels.N));
        Assert.Equal(1, OnnxQuantizer.Quantize(model).QuantizedTensors);
        Assert.Equal("x", Assert.Single(model.Proto.Graph.Input).Name);
        Assert.Equal(10, model.Proto.IrVersion);
    }

    [Fact]
    public void A_tensor_that_would_grow_is_left()
    {
        var graph = new OnnxGraphBuilder("tiny");
        string y = graph.Node("MatMul", [graph.Input("x", DataType.Float, "n", 1), graph.Initializer("w", [1, 5], OnnxSamples.Weights(1, 5))]);
        using var model = OnnxModel.Create(graph.Output(y, DataType.Float, "n", 5).ToModel(21));
        Assert.Equal("it would grow from 20 to 23 bytes", Assert.Single(OnnxQuantizer.Quantize(model).Tensors).Explanation);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_weight_that_is_no_number_is_an_error_that_names_the_tensor_and_changes_nothing(float wrong)
    {
        var graph = new OnnxGraphBuilder("wrong");
        float[] weights = OnnxSamples.Weights(1, 64 * 8);
        weights[100] = wrong;
        string y = graph.Node("MatMul", [graph.Input("x", DataType.Float, "n", 64), graph.Initializer("the weights", [64, 8], weights)]);
        using var model = OnnxModel.Create(graph.Output(y, DataType.Float, "n", 8).ToModel(13));
        byte[] before = model.ToBytes();
        var error = Assert.Throws<OnnxQuantizationException>(() => OnnxQuantizer.Quantize(model));
        Assert.Equal("the weights", error.Tensor);
        Assert.Contains("element 100", error.Message, StringComparison.Ordinal);
        Assert.Equal(before, model.ToBytes());
        using var excluded = OnnxModel.Parse(before);
        Assert.Equal(0, OnnxQuantizer.Quantize(excluded, new OnnxQuantizationOptions { ExcludedNames = ["the*"] }).QuantizedTensors);
    }

    [Fact]
    public void Cancelling_changes_nothing_and_writes_no_file()
    {
        using var folder = new TemporaryFolder();
        using var model = SmallModels.Create("LSTM");
        string source = folder.File("source.onnx"), target = folder.File("target.onnx");
        model.Save(source);
        using var cancellation = new CancellationTokenSource();
        var options = new OnnxQuantizationOptions { CancellationToken = cancellation.Token, Progress = new Now(_ => cancellation.Cancel()) };
        Assert.Throws<OperationCanceledException>(() => OnnxQuantizer.Quantize(source, target, options));
        Assert.Equal(["source.onnx"], folder.Files);
    }

    [Fact]
    public void Progress_ends_at_one()
    {
        List<QuantizationProgress> seen = [];
        using var model = SmallModels.Create("LSTM");
        OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { MaxDegreeOfParallelism = 1, Progress = new Now(seen.Add) });
        Assert.Equal(1, seen[^1].Fraction);
        Assert.Equal((2, 2), (seen[^1].TensorsDone, seen[^1].Tensors));
        Assert.Equal(seen.Select(step => step.WeightsDone).Order(), seen.Select(step => step.WeightsDone));
    }

    [Fact]
    public void The_report_survives_JSON()
    {
        using var model = SmallModels.Create("GatherTied");
        var report = OnnxQuantizer.Quantize(model);
        var copy = QuantizationReport.FromJson(report.ToJson());
        Assert.Equal(report.ToJson(), copy.ToJson());
        Assert.Contains("\"path\": \"DequantizedAtEachRun\"", report.ToJson(), StringComparison.Ordinal);
        Assert.Equal(report.BytesRatio, copy.BytesRatio);
    }

    [Fact]
    public void Lossless_weights_have_an_infinite_ratio_also_in_JSON()
    {
        var graph = new OnnxGraphBuilder("zeros");
        string y = graph.Node("MatMul", [graph.Input("x", DataType.Float, "n", 64), graph.Initializer("w", [64, 8], new float[512])]);
        using var model = OnnxModel.Create(graph.Output(y, DataType.Float, "n", 8).ToModel(21));
        var report = OnnxQuantizer.Quantize(model);
        Assert.Equal(double.PositiveInfinity, QuantizationReport.FromJson(report.ToJson()).Tensors[0].SignalToNoise);
    }

    [Fact]
    public void Options_refuse_what_they_cannot_mean()
    {
        Assert.Contains("16, 32, 64, 128 or 256", Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxQuantizationOptions { BlockSize = 48 }).Message, StringComparison.Ordinal);
        Assert.Contains("golden-section", Assert.Throws<ArgumentException>(() => new OnnxQuantizationOptions { Solver = "best" }).Message, StringComparison.Ordinal);
        Assert.Throws<ArgumentException>(() => new OnnxQuantizationOptions { ExcludedNames = [" "] });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxQuantizationOptions { AccuracyLevel = 5 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxQuantizationOptions { MaxDegreeOfParallelism = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxQuantizationOptions { Form = (QuantizationForm)9 });
        Assert.Equal(
            (QuantizationForm.Symmetric, QuantizationFormat.Qdq, WeightGrouping.PerBlock, 32, "exact", 4, true),
            new OnnxQuantizationOptions() is var o ? (o.Form, o.Format, o.Grouping, o.BlockSize, o.Solver, o.AccuracyLevel, o.RaiseOpset) : default);
    }

    private sealed class Now(Action<QuantizationProgress> action) : IProgress<QuantizationProgress>
    {
        public void Report(QuantizationProgress value) => action(value);
    }
}
