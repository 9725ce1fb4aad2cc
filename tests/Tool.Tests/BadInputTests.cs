// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Tool.Tests;

/// <summary>Bad files end with code 1, bad arguments with code 2; either with one line that names the thing, and no file is left behind.</summary>
public sealed class BadInputTests : IDisposable
{
    private readonly ToolFixture _fixture = new();

    private string Target => _fixture.PathOf("out.onnx");

    [Fact]
    public void A_missing_model_is_named() => Fails(ExitCode.Failure, "absent.onnx", "quantize", _fixture.PathOf("absent.onnx"), "-o", Target);

    [Fact]
    public void A_file_that_is_no_model_is_named()
    {
        string path = _fixture.PathOf("garbage.onnx");
        File.WriteAllText(path, "this is no model");

        Fails(ExitCode.Failure, "garbage.onnx", "quantize", path, "-o", Target);
        Fails(ExitCode.Failure, "garbage.onnx", "inspect", path);
    }

    [Fact]
    public void A_truncated_model_is_named()
    {
        string path = _fixture.PathOf("short.onnx");
        File.WriteAllBytes(path, File.ReadAllBytes(_fixture.Model)[..^700]);

        Fails(ExitCode.Failure, "short.onnx", "quantize", path, "-o", Target);
    }

    [Fact]
    public void An_empty_file_is_refused()
    {
        string path = _fixture.PathOf("empty.onnx");
        File.WriteAllBytes(path, []);

        Fails(ExitCode.Failure, "empty.onnx", "quantize", path, "-o", Target);
    }

    [Theory]
    [InlineData("inspect")]
    [InlineData("quantize")]
    public void A_node_without_the_inputs_of_its_operator_is_named(string command)
    {
        string path = _fixture.PathOf("damaged.onnx");
        using (var model = OnnxModel.Load(_fixture.Model))
        {
            var node = model.Proto.Graph.Node.First(node => node.OpType == "MatMul");
            node.Name = "torn";
            node.Input.RemoveAt(1);
            model.Save(path);
        }

        Fails(ExitCode.Failure, "'torn'", command == "quantize" ? [command, path, "-o", Target] : [command, path]);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void A_tensor_that_holds_no_numbers_is_named(float poison)
    {
        string path = _fixture.PathOf("poisoned.onnx");
        ToolFixture.WriteModel(path, seed: 2, poison);

        Fails(ExitCode.Failure, "'w2'", "quantize", path, "-o", Target);
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_an_error_of_one_line() =>
        Fails(ExitCode.Failure, "nowhere", "quantize", _fixture.Model, "-o", Path.Combine(_fixture.Folder, "nowhere", "out.onnx"));

    [Fact]
    public void A_report_that_cannot_be_written_stops_the_run_before_the_model_is_saved() =>
        Fails(ExitCode.Failure, "nowhere", "quantize", _fixture.Model, "-o", Target, "--report", Path.Combine(_fixture.Folder, "nowhere", "report.json"));

    [Fact]
    public void A_failed_run_leaves_no_report()
    {
        string report = _fixture.PathOf("report.json");

        Fails(ExitCode.Failure, "nowhere", "quantize", _fixture.Model, "-o", Path.Combine(_fixture.Folder, "nowhere", "out.onnx"), "--report", report);
    }

    [Fact]
    public void A_failed_run_leaves_the_old_the_old_target_untouched()
    {
        File.WriteAllText(Target, "kept");
        string path = _fixture.PathOf("poisoned.onnx");
        ToolFixture.WriteModel(path, seed: 3, float.NaN);

        ToolFixture.Run("quantize", path, "-o", Target);

        Assert.Equal("kept", File.ReadAllText(Target));
    }

    [Theory]
    [InlineData("quantize")]
    [InlineData("quantize", "model.onnx")]
    [InlineData("quantize", "model.onnx", "-o", "out.onnx", "--block-size", "33")]
    [InlineData("quantize", "model.onnx", "-o", "out.onnx", "--block-size", "many")]
    [InlineData("quantize", "model.onnx", "-o", "out.onnx", "--format", "gguf")]
    [InlineData("quantize", "model.onnx", "-o", "out.onnx", "--symmetric", "--asymmetric")]
    [InlineData("quantize", "model.onnx", "-o", "out.onnx", "--per-channel", "--per-tensor")]
    [InlineData("quantize", "model.onnx", "-o", "out.onnx", "--solver", "magic")]
    [InlineData("quantise", "model.onnx")]
    [InlineData("inspect")]
    [InlineData]
    public void Wrong_usage_ends_with_code_two_and_one_line(params string[] arguments) => Fails(ExitCode.WrongUsage, "mlnetx", arguments);

    [Fact]
    public void An_excluded_name_that_the_model_lacks_is_wrong_usage() =>
        Fails(ExitCode.WrongUsage, "'w9'", "quantize", _fixture.Model, "-o", Target, "--exclude", "w9");

    public void Dispose() => _fixture.Dispose();

    private void Fails(int exitCode, string named, params string[] arguments)
    {
        string[] before = Directory.GetFiles(_fixture.Folder);

        var (code, _, errors) = ToolFixture.Run(arguments);

        Assert.Equal(exitCode, code);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Equal(1, errors.Count(c => c == '\n'));
        Assert.Equal(before.Order(), Directory.GetFiles(_fixture.Folder).Order());
    }
}
