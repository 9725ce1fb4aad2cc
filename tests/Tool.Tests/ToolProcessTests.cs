// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Tool.Tests;

/// <summary>The tool as a shell sees it.</summary>
public sealed class ToolProcessTests : IDisposable
{
    private readonly ToolFixture _fixture = new();

    [Fact]
    public void A_shell_sees_the_exit_code_and_one_line_on_the_error_stream()
    {
        var good = Start("quantize", _fixture.Model, "-o", _fixture.PathOf("out.onnx"));
        var bad = Start("quantize", _fixture.PathOf("absent.onnx"), "-o", _fixture.PathOf("other.onnx"));

        Assert.Equal((0, ""), (good.ExitCode, good.Errors));
        Assert.Equal(1, bad.ExitCode);
        Assert.Single(bad.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void Redirected_output_holds_no_control_sequences()
    {
        var run = Start("quantize", _fixture.Model, "-o", _fixture.PathOf("out.onnx"));

        Assert.DoesNotContain('\u001b', run.Output);
    }

    [Theory]
    [InlineData("quantize")]
    [InlineData("inspect")]
    public void Help_shows_an_example(string command) =>
        Assert.Contains($"Example: mlnetx {command}", Start(command, "--help").Output, StringComparison.Ordinal);

    public void Dispose() => _fixture.Dispose();

    private static (int ExitCode, string Output, string Errors) Start(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [typeof(CommandLine).Assembly.Location, .. arguments]) { RedirectStandardOutput = true, RedirectStandardError = true };
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, errors.Result);
    }
}
