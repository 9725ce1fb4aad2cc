// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization;
using MLNetExtensions.Quantization.Reports;

namespace MLNetExtensions.Tool.Tests;

public sealed class QuantizeCommandTests : IDisposable
{
    private readonly ToolFixture _fixture = new();

    [Theory]
    [InlineData("qdq", "DequantizeLinear")]
    [InlineData("matmulnbits", "MatMulNBits")]
    public void A_model_is_written_in_the_format_asked_for(string format, string operation)
    {
        string target = _fixture.PathOf("out.onnx");

        var (exitCode, output, errors) = ToolFixture.Run("quantize", _fixture.Model, "-o", target, "--format", format);

        Assert.Equal((ExitCode.Success, ""), (exitCode, errors));
        Assert.Contains("2 of 2 tensors quantized", output, StringComparison.Ordinal);
        using var model = OnnxModel.Load(target);
        Assert.Equal(2, GraphWalk.Nodes(model.Proto).Count(node => node.OpType == operation));
    }

    [Theory]
    [InlineData(QuantizationForm.Symmetric, WeightGrouping.PerBlock, 32)]
    [InlineData(QuantizationForm.Asymmetric, WeightGrouping.PerBlock, 16, "--asymmetric", "--block-size", "16")]
    [InlineData(QuantizationForm.RealOffset, WeightGrouping.PerKernel, 64, "--real-offset", "--per-channel")]
    [InlineData(QuantizationForm.Symmetric, WeightGrouping.PerTensor, 2048, "--symmetric", "--per-tensor")]
    public void Options_reach_the_quantizer(QuantizationForm form, WeightGrouping grouping, int groupSize, params string[] options)
    {
        string reportPath = _fixture.PathOf("report.json");

        var (exitCode, _, errors) = ToolFixture.Run(["quantize", _fixture.Model, "-o", _fixture.PathOf("out.onnx"), "--report", reportPath, .. options]);

        Assert.Equal((ExitCode.Success, ""), (exitCode, errors));
        var first = QuantizationReport.FromJson(File.ReadAllText(reportPath)).Tensors.Single(tensor => tensor.Name == "w1");
        Assert.Equal((form, groupSize), (first.Form, first.GroupSize));
        Assert.Equal(grouping == WeightGrouping.PerTensor ? 1 : first.Groups, first.Groups);
    }

    [Fact]
    public void The_json_on_the_console_is_the_report()
    {
        var (_, output, _) = ToolFixture.Run("quantize", _fixture.Model, "-o", _fixture.PathOf("out.onnx"), "--json");

        Assert.Equal(2, QuantizationReport.FromJson(output).QuantizedTensors);
    }

    [Fact]
    public void An_excluded_tensor_stays_as_it_was()
    {
        var (_, output, _) = ToolFixture.Run("quantize", _fixture.Model, "-o", _fixture.PathOf("out.onnx"), "--exclude", "w2", "--exclude", "w2*");

        Assert.Contains("1 of 2 tensors quantized", output, StringComparison.Ordinal);
        Assert.Contains("excluded by 'w2'", output, StringComparison.Ordinal);
    }

    [Fact]
    public void The_number_of_threads_does_not_change_a_byte()
    {
        ToolFixture.Run("quantize", _fixture.Model, "-o", _fixture.PathOf("one.onnx"), "--threads", "1");
        ToolFixture.Run("quantize", _fixture.Model, "-o", _fixture.PathOf("two.onnx"), "--threads", "2");

        Assert.Equal(File.ReadAllBytes(_fixture.PathOf("one.onnx")), File.ReadAllBytes(_fixture.PathOf("two.onnx")));
    }

    [Fact]
    public void A_model_may_be_quantized_onto_itself()
    {
        long before = new FileInfo(_fixture.Model).Length;

        var (exitCode, _, _) = ToolFixture.Run("quantize", _fixture.Model, "-o", _fixture.Model);

        Assert.Equal(ExitCode.Success, exitCode);
        Assert.InRange(new FileInfo(_fixture.Model).Length, 1, before / 2);
    }

    public void Dispose() => _fixture.Dispose();
}
