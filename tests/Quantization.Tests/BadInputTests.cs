// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.Quantization.Tests.Support;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>Bad files end in a typed error that names the thing, and leave no file.</summary>
public sealed class BadInputTests
{
    [Fact]
    public void A_missing_model_is_named()
    {
        using var folder = new TemporaryFolder();
        var error = Assert.Throws<FileNotFoundException>(() => OnnxQuantizer.Quantize(folder.File("none.onnx"), folder.File("target.onnx")));
        Assert.Contains("none.onnx", error.Message, StringComparison.Ordinal);
        Assert.Empty(folder.Files);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    [InlineData(5000)]
    public void A_truncated_model_is_named(int length)
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("cut.onnx"), Bytes()[..length]);
        var error = Assert.Throws<OnnxFormatException>(() => OnnxQuantizer.Quantize(folder.File("cut.onnx"), folder.File("target.onnx")));
        Assert.Contains("cut.onnx", error.Message, StringComparison.Ordinal);
        Assert.Equal(["cut.onnx"], folder.Files);
    }

    [Fact]
    public void Text_is_no_model()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllText(folder.File("text.onnx"), new string('x', 4000));
        Assert.Throws<OnnxFormatException>(() => OnnxQuantizer.Quantize(folder.File("text.onnx"), folder.File("target.onnx")));
        Assert.Equal(["text.onnx"], folder.Files);
    }

    [Fact]
    public void Missing_external_data_are_named()
    {
        using var folder = new TemporaryFolder();
        string model = OnnxSamples.SaveWithExternalData(folder.Path);
        File.Delete(folder.Files.Select(folder.File).Single(file => file != model));
        var error = Assert.Throws<OnnxFormatException>(() => OnnxQuantizer.Quantize(model, folder.File("target.onnx")));
        Assert.Contains("external.onnx", error.Message, StringComparison.Ordinal);
        Assert.Equal(["external.onnx"], folder.Files);
    }

    [Fact]
    public void A_target_folder_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();
        File.WriteAllBytes(folder.File("source.onnx"), Bytes());
        var error = Assert.ThrowsAny<IOException>(() => OnnxQuantizer.Quantize(folder.File("source.onnx"), folder.File("none/target.onnx")));
        Assert.Contains("target.onnx", error.Message, StringComparison.Ordinal);
        Assert.Equal(["source.onnx"], folder.Files);
    }

    [Fact]
    public void A_failure_leaves_the_old_target_as_it_was()
    {
        using var folder = new TemporaryFolder();
        var graph = new OnnxGraphBuilder("wrong");
        float[] weights = OnnxSamples.Weights(1, 512);
        weights[3] = float.NaN;
        string y = graph.Node("MatMul", [graph.Input("x", Onnx.Protobuf.TensorProto.Types.DataType.Float, "n", 64), graph.Initializer("w", [64, 8], weights)]);
        using (var model = OnnxModel.Create(graph.Output(y, Onnx.Protobuf.TensorProto.Types.DataType.Float, "n", 8).ToModel()))
        {
            model.Save(folder.File("source.onnx"));
        }
        File.WriteAllText(folder.File("target.onnx"), "old");
        Assert.Throws<OnnxQuantizationException>(() => OnnxQuantizer.Quantize(folder.File("source.onnx"), folder.File("target.onnx")));
        Assert.Equal("old", File.ReadAllText(folder.File("target.onnx")));
        Assert.Equal(["source.onnx", "target.onnx"], folder.Files);
    }

    [Fact]
    public void A_model_may_be_quantized_onto_itself()
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("model.onnx");
        File.WriteAllBytes(path, Bytes());
        Assert.Equal(1, OnnxQuantizer.Quantize(path, path).QuantizedTensors);
        Assert.InRange(new FileInfo(path).Length, 1, Bytes().Length / 4);
    }

    private static byte[] Bytes()
    {
        using var model = SmallModels.Create("MatMul");
        return model.ToBytes();
    }
}
