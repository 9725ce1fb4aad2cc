// SPDX-License-Identifier: MIT
using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;
using Xunit.Abstractions;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Quantization.Tests;

/// <summary>Tensors are quantized one by one, so memory follows the largest, not the model.</summary>
public sealed class PeakMemoryTests(ITestOutputHelper log)
{
    private const int Side = 8192;
    private const long TensorBytes = 4L * Side * Side;

    [Fact]
    [Trait("Category", "Long")]
    public void A_model_of_2_and_a_half_GiB_takes_three_times_its_largest_tensor_and_300_MB() => Verify(tensors: 10);

    [Fact]
    [Trait("Category", "Long")]
    public void One_tensor_takes_no_more() => Verify(tensors: 1);

    private void Verify(int tensors)
    {
        using var folder = new TemporaryFolder();
        string source = folder.File("large.onnx"), target = folder.File("large.int4.onnx");
        Generate(source, tensors);
        using var child = Process.Start(new ProcessStartInfo("dotnet", ["exec", typeof(ChildProgram).Assembly.Location, source, target]) { RedirectStandardOutput = true })!;
        string output = child.StandardOutput.ReadToEnd();
        child.WaitForExit();
        Assert.Equal(0, child.ExitCode);
        string[] words = output.Split(' ');
        Assert.Equal(tensors, int.Parse(words[0], CultureInfo.InvariantCulture));
        long peak = long.Parse(words[1], CultureInfo.InvariantCulture), most = (3 * TensorBytes) + 300_000_000;
        log.WriteLine($"Peak memory {peak / 1e6:F0} MB, at most {most / 1e6:F0} MB allowed.");
        Assert.InRange(peak, TensorBytes, most);
        Assert.Equal(["large.int4.onnx", "large.onnx", "large.onnx.data"], folder.Files);
    }

    /// <summary>Matrices one after the other in a sparse file; every 64th row holds numbers, the others are holes that read as zeros.</summary>
    private static void Generate(string path, int tensors)
    {
        var graph = new OnnxGraphBuilder("large");
        string value = graph.Input("x", DataType.Float, 1, Side);
        float[] row = OnnxSamples.Weights(1, Side);
        using (var data = File.Create(path + ".data"))
        {
            data.SetLength(tensors * TensorBytes);
            for (long at = 0; at < data.Length; at += 64 * 4L * Side)
            {
                data.Position = at;
                data.Write(MemoryMarshal.AsBytes<float>(row));
            }
        }
        for (int i = 0; i < tensors; i++)
        {
            TensorProto tensor = new() { Name = $"w{i}", DataType = (int)DataType.Float, DataLocation = TensorProto.Types.DataLocation.External, Dims = { Side, Side } };
            tensor.ExternalData.Add(Entry("location", Path.GetFileName(path) + ".data"));
            tensor.ExternalData.Add(Entry("offset", (i * TensorBytes).ToString(CultureInfo.InvariantCulture)));
            tensor.ExternalData.Add(Entry("length", TensorBytes.ToString(CultureInfo.InvariantCulture)));
            value = graph.Node("MatMul", [value, graph.Initializer(tensor)]);
        }
        File.WriteAllBytes(path, Google.Protobuf.MessageExtensions.ToByteArray(graph.Output(value, DataType.Float, 1, Side).ToModel(17)));
    }

    private static StringStringEntryProto Entry(string key, string value) => new() { Key = key, Value = value };
}
