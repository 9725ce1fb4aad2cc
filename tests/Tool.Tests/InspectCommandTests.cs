// SPDX-License-Identifier: MIT
using System.Text.Json;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Tool.Tests;

public sealed class InspectCommandTests : IDisposable
{
    private readonly ToolFixture _fixture = new();

    [Fact]
    public void A_model_is_shown_with_its_inputs_operators_and_tensors()
    {
        var (exitCode, output, errors) = ToolFixture.Run("inspect", _fixture.Model);

        Assert.Equal((ExitCode.Success, ""), (exitCode, errors));
        Assert.Contains("input   x: FLOAT [N, 64]", output, StringComparison.Ordinal);
        Assert.Contains("output  y: FLOAT [N, 8]", output, StringComparison.Ordinal);
        Assert.Contains("2 MatMul, 1 Relu", output, StringComparison.Ordinal);
        Assert.Contains("2,304 elements in tensors, 9,216 bytes", output, StringComparison.Ordinal);
    }

    [Fact]
    public void What_is_foretold_is_what_quantization_does()
    {
        using var foretold = JsonDocument.Parse(ToolFixture.Run("inspect", _fixture.Model, "--json").Output);
        using var done = JsonDocument.Parse(ToolFixture.Run("quantize", _fixture.Model, "-o", _fixture.PathOf("out.onnx"), "--json").Output);

        Assert.Equal(
            done.RootElement.GetProperty("tensors").EnumerateArray().Select(Summary),
            foretold.RootElement.GetProperty("tensors").EnumerateArray().Select(Summary));
    }

    [Fact]
    public void Inspecting_reads_no_weight()
    {
        string poisoned = _fixture.PathOf("poisoned.onnx");
        ToolFixture.WriteModel(poisoned, seed: 4, float.NaN);

        Assert.Equal(ExitCode.Success, ToolFixture.Run("inspect", poisoned).ExitCode);
    }

    [RealDataFact]
    public void Every_real_model_is_shown()
    {
        foreach (string model in Directory.GetFiles(RealData.PathOf("onnx"), "*.onnx", SearchOption.AllDirectories))
        {
            var (exitCode, _, errors) = ToolFixture.Run("inspect", model);
            Assert.Equal((ExitCode.Success, ""), (exitCode, errors));
        }
    }

    public void Dispose() => _fixture.Dispose();

    private static string Summary(JsonElement tensor) =>
        $"{tensor.GetProperty("name")} {tensor.GetProperty("path")} {tensor.GetProperty("groups")} x {tensor.GetProperty("groupSize")} {tensor.GetProperty("bytesBefore")} -> {tensor.GetProperty("bytesAfter")}";
}
