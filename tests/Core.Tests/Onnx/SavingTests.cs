// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class SavingTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_model_is_saved_over_the_file_that_it_is_read_from()
    {
        string path = _folder.File("m.onnx");
        File.WriteAllBytes(path, OnnxSamples.BytesOf("conv"));
        using (var model = OnnxModel.Load(path))
        {
            OnnxMetadata.Set(model.Proto.MetadataProps, "key", "value");
            model.Save(path);
            // The old file is still what the open model reads from.
            model.Save(path);
        }

        using var back = OnnxModel.Load(path);
        Assert.Equal("value", OnnxMetadata.Get(back.Proto.MetadataProps, "key"));
        Assert.Equal(OnnxSamples.Conv().Graph.Initializer[0].RawData.ToByteArray(), back.DataOf(back.Proto.Graph.Initializer[0]).ToArray());
        Assert.Equal(["m.onnx"], _folder.Files);
    }

    [Theory]
    [InlineData(ExternalDataUse.Never)]
    [InlineData(ExternalDataUse.Always)]
    public void A_cancelled_save_leaves_the_old_files_untouched(ExternalDataUse use)
    {
        string path = _folder.File("m.onnx");
        File.WriteAllText(path, "old");
        File.WriteAllText(path + ".data", "old data");
        using var model = OnnxModel.Create(OnnxSamples.MatMul());
        using var source = new CancellationTokenSource();
        var options = new OnnxSaveOptions { ExternalData = use, CancellationToken = source.Token, Progress = new Canceller(source) };

        Assert.Throws<OperationCanceledException>(() => model.Save(path, options));

        Assert.Equal(["m.onnx", "m.onnx.data"], _folder.Files);
        Assert.Equal("old", File.ReadAllText(path));
        Assert.Equal("old data", File.ReadAllText(path + ".data"));
    }

    [Theory]
    [InlineData(ExternalDataUse.Never)]
    [InlineData(ExternalDataUse.Always)]
    public void A_failed_save_leaves_the_old_files_untouched(ExternalDataUse use)
    {
        string path = _folder.File("m.onnx");
        File.WriteAllText(path, "old");
        using var model = OnnxModel.Parse(OnnxSamples.BytesOf("matmul"));
        using (var gone = OnnxModel.Create(OnnxSamples.MatMul(inputs: 1000)))
        {
            var large = model.Proto.Graph.Initializer[0];
            large.Dims[0] = 1000;
            model.SetData(large, gone.Spool(new byte[96_000]));
        }

        Assert.Throws<ObjectDisposedException>(() => model.Save(path, new OnnxSaveOptions { ExternalData = use }));

        Assert.Equal(["m.onnx"], _folder.Files);
        Assert.Equal("old", File.ReadAllText(path));
    }

    [Fact]
    public void Old_external_data_come_back_when_the_model_itself_cannot_be_put_in_place()
    {
        // The place of the model is taken by a folder.
        string path = _folder.File("m.onnx");
        Directory.CreateDirectory(path);
        File.WriteAllText(path + ".data", "old data");
        using var model = OnnxModel.Create(OnnxSamples.MatMul());

        Assert.ThrowsAny<SystemException>(() => model.Save(path, new OnnxSaveOptions { ExternalData = ExternalDataUse.Always }));

        Assert.Equal(["m.onnx.data"], _folder.Files);
        Assert.Equal("old data", File.ReadAllText(path + ".data"));
    }

    [Fact]
    public void No_external_data_are_left_when_the_model_itself_cannot_be_put_in_place()
    {
        string path = _folder.File("m.onnx");
        Directory.CreateDirectory(path);
        using var model = OnnxModel.Create(OnnxSamples.MatMul());

        Assert.ThrowsAny<SystemException>(() => model.Save(path, new OnnxSaveOptions { ExternalData = ExternalDataUse.Always }));

        Assert.Empty(_folder.Files);
    }

    [Fact]
    public void A_folder_that_cannot_be_written_to_is_named()
    {
        File.WriteAllText(_folder.File("file"), "not a folder");
        using var model = OnnxModel.Create(OnnxSamples.MatMul());

        var absent = Assert.Throws<IOException>(() => model.Save(_folder.File("absent/m.onnx")));
        var file = Assert.Throws<IOException>(() => model.Save(_folder.File("file/m.onnx")));

        Assert.StartsWith($"Saving the model to '{_folder.File("absent/m.onnx")}' failed: ", absent.Message, StringComparison.Ordinal);
        Assert.StartsWith($"Saving the model to '{_folder.File("file/m.onnx")}' failed: ", file.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_read_only_folder_is_reported_and_left_as_it_was()
    {
        if (OperatingSystem.IsWindows() || Environment.IsPrivilegedProcess)
        {
            // Neither Windows nor the superuser is held back by a folder's permissions.
            return;
        }
        string path = _folder.File("locked");
        Directory.CreateDirectory(path);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserExecute);
        using var model = OnnxModel.Create(OnnxSamples.MatMul());

        var error = Assert.Throws<UnauthorizedAccessException>(() => model.Save(Path.Combine(path, "m.onnx")));

        Assert.Contains("Saving the model to", error.Message, StringComparison.Ordinal);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
        Assert.Empty(Directory.GetFiles(path));
    }

    [Fact]
    public void Progress_rises_to_one()
    {
        var reports = new Recorder();
        using var model = OnnxModel.Create(OnnxSamples.If());

        model.Save(_folder.File("m.onnx"), new OnnxSaveOptions { Progress = reports });

        Assert.Equal(1, reports.Fractions[^1]);
        Assert.Equal(reports.Fractions.Order(), reports.Fractions);
    }

    [Fact]
    public void Options_have_their_defaults_and_refuse_bad_values()
    {
        var options = new OnnxSaveOptions();

        Assert.Equal(ExternalDataUse.WhenLarge, options.ExternalData);
        Assert.Equal(3L << 29, options.ExternalDataThreshold);
        Assert.Null(options.ExternalDataFileName);
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxSaveOptions { ExternalDataThreshold = 1L << 31 });
        Assert.Throws<ArgumentException>(() => new OnnxSaveOptions { ExternalDataFileName = "../x" });
        Assert.Throws<ArgumentException>(() => new OnnxSaveOptions { ExternalDataFileName = ".." });
    }

    private sealed class Canceller(CancellationTokenSource source) : IProgress<double>
    {
        public void Report(double value) => source.Cancel();
    }

    private sealed class Recorder : IProgress<double>
    {
        public List<double> Fractions { get; } = [];

        public void Report(double value) => Fractions.Add(value);
    }
}
