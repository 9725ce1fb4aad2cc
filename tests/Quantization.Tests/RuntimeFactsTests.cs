// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.Quantization.Reports;
using MLNetExtensions.Quantization.Tests.Support;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>The report's word on what ONNX Runtime fuses is what the running version does, read from the graph that it optimised.</summary>
public sealed class RuntimeFactsTests
{
    [Theory]
    [InlineData("MatMul")]
    [InlineData("MatMulOfConstant")]
    [InlineData("MatMulAdd")]
    [InlineData("MatMulAddRelu")]
    [InlineData("MatMulRelu")]
    [InlineData("MatMulAddRow")]
    [InlineData("MatMulOfReshape")]
    [InlineData("MatMulOfTranspose")]
    [InlineData("MatMulStack")]
    [InlineData("MatMulLeft")]
    [InlineData("MatMulShared")]
    [InlineData("Gemm")]
    [InlineData("GemmRelu")]
    [InlineData("GemmReluWithoutBias")]
    [InlineData("GemmSigmoid")]
    [InlineData("GemmLeakyRelu")]
    [InlineData("GemmTanh")]
    [InlineData("GemmElu")]
    [InlineData("GemmSoftplus")]
    [InlineData("GemmRow")]
    [InlineData("GemmTransB")]
    [InlineData("GemmTransBOfTranspose")]
    [InlineData("GemmTransBShared")]
    [InlineData("GemmAlpha")]
    [InlineData("GemmBeta")]
    [InlineData("GemmTransA")]
    [InlineData("GemmLeft")]
    [InlineData("Conv")]
    [InlineData("ConvTranspose")]
    [InlineData("ConvTransposeGroups")]
    [InlineData("Gather")]
    [InlineData("GatherTied")]
    [InlineData("GRU")]
    [InlineData("LSTM")]
    [InlineData("RNN")]
    [InlineData("If")]
    [InlineData("Half")]
    [InlineData("Double")]
    public void What_is_said_to_fuse_fuses_and_nothing_else(string name)
    {
        foreach (var format in Enum.GetValues<QuantizationFormat>())
        {
            foreach (var form in (QuantizationForm[])[QuantizationForm.Symmetric, QuantizationForm.Asymmetric, QuantizationForm.RealOffset])
            {
                foreach (var grouping in Enum.GetValues<WeightGrouping>())
                {
                    using var model = SmallModels.Create(name);
                    var report = OnnxQuantizer.Quantize(model, new OnnxQuantizationOptions { Format = format, Form = form, Grouping = grouping });
                    string[] operators = Runs.OptimizedOperators(model);
                    string what = $"{name} {format} {form} {grouping}: {string.Join(" ", operators)}";
                    int readers = report.Tensors.Where(tensor => tensor.Path == RuntimePath.Fused).Sum(tensor => tensor.Consumers.Count);
                    Assert.True(readers == operators.Count(operation => operation == "MatMulNBits"), what);
                    Assert.True(report.Tensors.Any(tensor => tensor.Path == RuntimePath.DequantizedAtEachRun) == operators.Contains("DequantizeLinear"), what);
                }
            }
        }
    }

    [Fact]
    public void The_report_names_the_version_that_it_speaks_of()
    {
        using var model = SmallModels.Create("MatMul");
        var report = OnnxQuantizer.Quantize(model);
        Assert.Equal(OnnxSession.RuntimeVersion, report.RuntimeVersion);
        Assert.StartsWith(report.FactsOfVersion, report.RuntimeVersion, StringComparison.Ordinal);
    }
}
