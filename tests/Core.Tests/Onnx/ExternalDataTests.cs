// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class ExternalDataTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Tensors_above_one_kibibyte_go_to_a_file_of_their_own_on_page_boundaries()
    {
        var graph = new OnnxGraphBuilder();
        foreach (var (name, count) in new[] { ("small", 256), ("a", 257), ("b", 2000), ("c", 300) })
        {
            graph.Initializer(name, [count], OnnxSamples.Weights(count, count));
        }
        var proto = graph.ToModel();
        using var original = OnnxModel.Create(proto);
        original.Save(_folder.File("m.onnx"), new OnnxSaveOptions { ExternalData = ExternalDataUse.Always });

        using var model = OnnxModel.Load(_folder.File("m.onnx"));

        Assert.Equal(["m.onnx", "m.onnx.data"], _folder.Files);
        Assert.Equal(["", "0", "4096", "12288"], model.Proto.Graph.Initializer.Select(tensor => OnnxMetadata.Get(tensor.ExternalData, "offset") ?? ""));
        Assert.All(model.Proto.Graph.Initializer, (tensor, index) => Assert.Equal(proto.Graph.Initializer[index].RawData.ToByteArray(), model.DataOf(tensor).ToArray()));
        Assert.Equal(proto.ToByteArray(), model.ToBytes());
        Assert.Equal(12288 + 1200, new FileInfo(_folder.File("m.onnx.data")).Length);
    }

    [Fact]
    public void A_model_above_the_threshold_is_written_with_external_data_and_below_as_one_file()
    {
        using var model = OnnxModel.Create(OnnxSamples.MatMul());
        model.Save(_folder.File("one.onnx"), new OnnxSaveOptions { ExternalDataThreshold = 10_000 });
        model.Save(_folder.File("two.onnx"), new OnnxSaveOptions { ExternalDataThreshold = 1000, ExternalDataFileName = "weights.bin" });

        Assert.Equal(["one.onnx", "two.onnx", "weights.bin"], _folder.Files);
        using var back = OnnxModel.Load(_folder.File("two.onnx"));
        Assert.Equal(File.ReadAllBytes(_folder.File("one.onnx")), back.ToBytes());
    }

    [Fact]
    public void A_model_without_large_tensors_stays_one_file()
    {
        using var model = OnnxModel.Create(OnnxSamples.MatMul(inputs: 4, outputs: 4));

        model.Save(_folder.File("m.onnx"), new OnnxSaveOptions { ExternalData = ExternalDataUse.Always });

        Assert.Equal(["m.onnx"], _folder.Files);
    }

    [Fact]
    public void A_model_is_opened_through_a_link()
    {
        File.WriteAllBytes(_folder.File("m.onnx"), OnnxSamples.BytesOf("conv"));
        File.CreateSymbolicLink(_folder.File("link.onnx"), "m.onnx");
        File.CreateSymbolicLink(_folder.File("dangling.onnx"), "absent.onnx");

        using var model = OnnxModel.Load(_folder.File("link.onnx"));

        Assert.Equal(OnnxSamples.BytesOf("conv"), model.ToBytes());
        Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(_folder.File("dangling.onnx")));
    }

    [Fact]
    public void Typed_fields_become_raw_bytes_in_the_external_file()
    {
        using var model = OnnxModel.Parse(OnnxSamples.BytesOf("gemm-typed"));
        model.Save(_folder.File("m.onnx"), new OnnxSaveOptions { ExternalData = ExternalDataUse.Always });

        using var back = OnnxModel.Load(_folder.File("m.onnx"));

        Assert.Equal(OnnxSamples.Gemm().Graph.Initializer[0].RawData.ToByteArray(), back.DataOf(back.Proto.Graph.Initializer[0]).ToArray());
    }

    [Fact]
    public void A_model_with_external_data_is_saved_over_itself()
    {
        string path = OnnxSamples.SaveWithExternalData(_folder.Path);
        using (var model = OnnxModel.Load(path))
        {
            model.Save(path, new OnnxSaveOptions { ExternalData = ExternalDataUse.Always });
            Assert.Equal(OnnxSamples.MatMul().Graph.Initializer[0].RawData.ToByteArray(), model.DataOf(model.Proto.Graph.Initializer.Single(tensor => tensor.Name == "w")).ToArray());
        }

        using var back = OnnxModel.Load(path);
        Assert.Equal(OnnxSamples.MatMul().ToByteArray(), back.ToBytes());
        Assert.Equal(["external.onnx", "external.onnx.data"], _folder.Files);
    }

    [Fact]
    public void A_missing_file_is_named_with_its_tensor()
    {
        string path = OnnxSamples.SaveWithExternalData(_folder.Path);
        File.Delete(path + ".data");

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(path));

        Assert.Contains("tensor 'w': its external data file", error.Message, StringComparison.Ordinal);
        Assert.Contains("external.onnx.data' is missing", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/etc/passwd", "have the absolute path")]
    [InlineData("C:\\secrets", "have the absolute path")]
    [InlineData("\\\\server\\share", "have the absolute path")]
    [InlineData("../secret.data", "lie outside the model's folder")]
    [InlineData("a/../../secret.data", "lie outside the model's folder")]
    [InlineData("a\\..\\..\\secret.data", "lie outside the model's folder")]
    [InlineData("", "no location is given")]
    [InlineData(".", "is missing|outside the model's folder")]
    [InlineData("nul\0l", "no possible file name")]
    public void A_path_out_of_the_folder_is_refused(string location, string message)
    {
        string path = WriteModel(location, "0", "3072");

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(path));

        Assert.True(message.Split('|').Any(part => error.Message.Contains(part, StringComparison.Ordinal)), error.Message);
        Assert.Contains("tensor 'w'", error.Where, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("1000000", null, "which has only 3072")]
    [InlineData("1", null, "which has only 3072")]
    [InlineData("9223372036854775807", null, "which has only 3072")]
    [InlineData("-4", null, "the offset of its external data is '-4', not a number")]
    [InlineData("99999999999999999999", null, "not a number")]
    [InlineData("0", "3073", "are said to have 3073 bytes; its shape and type take 3072")]
    [InlineData("0", "x", "the length of its external data is 'x', not a number")]
    public void Bytes_that_are_not_in_the_file_are_refused(string offset, string? length, string message)
    {
        File.WriteAllBytes(_folder.File("w.data"), new byte[3072]);
        string path = WriteModel("w.data", offset, length);

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(path));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_link_that_leaves_the_folder_is_refused_and_one_within_is_followed()
    {
        using var elsewhere = new TemporaryFolder();
        File.WriteAllBytes(elsewhere.File("real.data"), new byte[3072]);
        File.WriteAllBytes(_folder.File("real.data"), new byte[3072]);
        File.CreateSymbolicLink(_folder.File("out.data"), elsewhere.File("real.data"));
        File.CreateSymbolicLink(_folder.File("in.data"), "real.data");
        Directory.CreateSymbolicLink(_folder.File("sub"), elsewhere.Path);
        Directory.CreateSymbolicLink(_folder.File("loop"), _folder.File("loop"));

        Assert.Contains("outside the model's folder", Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(WriteModel("out.data", "0", null))).Message, StringComparison.Ordinal);
        Assert.Contains("outside the model's folder", Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(WriteModel("sub/real.data", "0", null))).Message, StringComparison.Ordinal);
        Assert.Contains("links", Assert.Throws<OnnxFormatException>(() => OnnxModel.Load(WriteModel("loop/real.data", "0", null))).Message, StringComparison.Ordinal);
        OnnxModel.Load(WriteModel("in.data", "0", null)).Dispose();
    }

    [Fact]
    public void A_model_from_memory_cannot_reach_external_data()
    {
        byte[] bytes = File.ReadAllBytes(OnnxSamples.SaveWithExternalData(_folder.Path));
        using var model = OnnxModel.Parse(bytes);

        var error = Assert.Throws<OnnxFormatException>(() => model.DataOf(model.Proto.Graph.Initializer[0]));

        Assert.Contains("the model came without a folder; load it from its file", error.Message, StringComparison.Ordinal);
    }

    private string WriteModel(string location, string offset, string? length)
    {
        var proto = OnnxSamples.MatMul();
        var weights = proto.Graph.Initializer[0];
        weights.ClearRawData();
        weights.DataLocation = TensorProto.Types.DataLocation.External;
        OnnxMetadata.Set(weights.ExternalData, "location", location);
        OnnxMetadata.Set(weights.ExternalData, "offset", offset);
        OnnxMetadata.Set(weights.ExternalData, "length", length);
        File.WriteAllBytes(_folder.File("model.onnx"), proto.ToByteArray());
        return _folder.File("model.onnx");
    }
}
