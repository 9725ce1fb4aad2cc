// SPDX-License-Identifier: MIT
using System.Diagnostics;
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class LargeModelTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(TensorProto.RawDataFieldNumber)]
    [InlineData(TensorProto.FloatDataFieldNumber)]
    public void A_model_of_500_MB_is_opened_without_reading_its_tensors(int field)
    {
        string path = WriteSparse(500_000_000, field);
        long before = GC.GetAllocatedBytesForCurrentThread();
        var clock = Stopwatch.StartNew();

        using var model = OnnxModel.Load(path);
        var tensors = GraphWalk.Tensors(model.Proto).ToList();
        long bytes = tensors.Sum(tensor => model.DataOf(tensor).ByteLength);

        Assert.True(clock.Elapsed < TimeSpan.FromSeconds(2), $"took {clock.Elapsed}");
        Assert.Equal(500_000_000, bytes);
        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 20_000_000, $"{allocated} bytes were allocated");
        byte[] last = new byte[4];
        model.DataOf(tensors[^1]).Read(bytes - 4, last);
        Assert.Equal([1, 2, 3, 4], last);
    }

    [Fact]
    [Trait("Category", "Long")]
    public void A_model_above_2_GiB_is_written_with_external_data_in_little_memory()
    {
        const long Elements = 640L << 20;
        using (var data = new FileStream(_folder.File("w.data"), FileMode.CreateNew))
        {
            data.SetLength(4 * Elements);
            data.Seek(-4, SeekOrigin.End);
            data.Write([1, 2, 3, 4]);
        }
        var weights = new TensorProto { Name = "w", DataType = 1, Dims = { Elements }, DataLocation = TensorProto.Types.DataLocation.External };
        OnnxMetadata.Set(weights.ExternalData, "location", "w.data");
        File.WriteAllBytes(_folder.File("m.onnx"), new ModelProto { IrVersion = 8, Graph = new GraphProto { Initializer = { weights } } }.ToByteArray());
        using var model = OnnxModel.Load(_folder.File("m.onnx"));
        long before = GC.GetAllocatedBytesForCurrentThread();

        model.Save(_folder.File("copy.onnx"));

        long allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        Assert.True(allocated < 20_000_000, $"{allocated} bytes were allocated");
        using var copy = OnnxModel.Load(_folder.File("copy.onnx"));
        byte[] last = new byte[4];
        copy.DataOf(copy.Proto.Graph.Initializer[0]).Read(4 * Elements - 4, last);
        Assert.Equal([1, 2, 3, 4], last);
        Assert.Contains("less than 2 GiB", Assert.Throws<InvalidOperationException>(() => model.WriteTo(Stream.Null)).Message, StringComparison.Ordinal);
        Assert.Contains("less than 2 GiB", Assert.Throws<InvalidOperationException>(() => model.Save(_folder.File("one.onnx"), new OnnxSaveOptions { ExternalData = ExternalDataUse.Never })).Message, StringComparison.Ordinal);
    }

    /// <summary>A model with one tensor of zeros but for the last four bytes, which takes no room on a disk that knows sparse files.</summary>
    private string WriteSparse(long bytes, int field)
    {
        byte[] beforeData = new TensorProto { Name = "w", DataType = 1, Dims = { bytes / 4 } }.ToByteArray();
        byte[] dataHeader = Header(field, bytes);
        byte[] tensorHeader = Header(GraphProto.InitializerFieldNumber, beforeData.Length + dataHeader.Length + bytes);
        byte[] graphHeader = Header(ModelProto.GraphFieldNumber, tensorHeader.Length + beforeData.Length + dataHeader.Length + bytes);
        string path = _folder.File("large.onnx");
        using var file = new FileStream(path, FileMode.CreateNew);
        file.Write([8, 9, .. graphHeader, .. tensorHeader, .. beforeData, .. dataHeader]);
        file.SetLength(file.Position + bytes);
        file.Seek(-4, SeekOrigin.End);
        file.Write([1, 2, 3, 4]);
        return path;
    }

    private static byte[] Header(int field, long length)
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteTag(field, WireFormat.WireType.LengthDelimited);
        output.WriteUInt64((ulong)length);
        output.Flush();
        return stream.ToArray();
    }
}
