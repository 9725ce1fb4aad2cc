// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class MalformedModelTests
{
    public static TheoryData<string, byte[], string> Cases() => new()
    {
        { "empty", [], "model: the model is empty" },
        { "no graph", [8, 8], "model: there is no graph in it; it is not an ONNX model" },
        { "text", "not a model"u8.ToArray(), "has wire type 6, which has no place here" },
        { "field number 0", [0, 0], "0 is no field tag" },
        { "tag too long", [0x88, 0x80, 0x80, 0x80, 0x80, 0x00, 1], "8 is no field tag" },
        { "endless varint", [8, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "a variable-length integer exceeds 64 bits" },
        { "varint cut off", [8, 0x80], "the message ends in the middle of a field" },
        { "length beyond the end", [58, 100, 0], "100 bytes are announced and 1 remain" },
        { "length beyond 2 GiB", [58, 0xFF, 0xFF, 0xFF, 0xFF, 0x7F, 0], "34359738367 bytes are announced and 1 remain" },
        { "negative length", [58, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 1], "18446744073709551615 bytes are announced" },
        { "inner length beyond the outer message", [58, 4, 10, 9, 0, 0, 8, 8, 8, 8, 8, 8, 8], "graph.node[0] at byte 4: 9 bytes are announced and 2 remain" },
        { "text that is not UTF-8", [58, 4, 18, 2, 0xC3, 0x28], "graph.name at byte 6: the text is not UTF-8" },
        { "group that is not closed", [0xC3, 0x3E, 8, 8], "the message ends in the middle of a field" },
        { "group closed as another", [0xC3, 0x3E, 0xCC, 0x3E], "group 1000 is closed as group 1001" },
        { "group closed and never opened", [0xC4, 0x3E], "field 1000 has wire type 4" },
        { "two graphs", [58, 0, 58, 0], "graph at byte 4: the field occurs twice" },
        { "packed floats of 5 bytes", [58, 9, 42, 7, 34, 5, 0, 0, 0, 0, 0], "graph.initializer[0] at byte 6: float_data has 5 bytes, not a multiple of 4" },
        { "the library's own field", [58, 15, 42, 13, .. Parked()], "is reserved by this library" },
    };

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_malformed_model_is_refused_saying_what_and_where(string what, byte[] bytes, string message)
    {
        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes));

        Assert.True(error.Message.Contains(message, StringComparison.Ordinal), $"{what}: {error.Message}");
        Assert.StartsWith(error.Where, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Messages_nested_too_deep_are_refused()
    {
        var type = new TypeProto();
        for (int i = 0; i < 40; i++)
        {
            type = new TypeProto { SequenceType = new TypeProto.Types.Sequence { ElemType = type } };
        }
        byte[] bytes = new ModelProto { Graph = new GraphProto { Input = { new ValueInfoProto { Type = type } } } }.ToByteArray();

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes));

        Assert.Contains("messages are nested more than 64 deep (OnnxLimits.MaxDepth)", error.Message, StringComparison.Ordinal);
        using var _ = OnnxModel.Parse(bytes, new OnnxLimits { MaxDepth = 90 });
    }

    [Fact]
    public void Subgraphs_nested_too_deep_are_refused()
    {
        var graph = new GraphProto();
        for (int i = 0; i < 300; i++)
        {
            graph = new GraphProto { Node = { new NodeProto { Attribute = { new AttributeProto { G = graph } } } } };
        }

        Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(new ModelProto { Graph = graph }.ToByteArray()));
    }

    [Fact]
    public void Small_files_that_would_fill_the_memory_are_refused()
    {
        // Empty attributes: two bytes each in the file, hundreds in memory.
        byte[] node = [.. Enumerable.Repeat((byte[])[42, 0], 100_000).SelectMany(field => field)];
        byte[] bytes = new ModelProto { Graph = new GraphProto { Node = { NodeProto.Parser.ParseFrom(node) } } }.ToByteArray();

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(bytes, new OnnxLimits { MaxDecodedBytes = 10 << 20 }));

        Assert.Contains("OnnxLimits.MaxDecodedBytes", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("MaxModelBytes")]
    [InlineData("MaxStructureBytes")]
    [InlineData("MaxTensorBytes")]
    public void A_model_above_a_limit_is_refused_naming_the_limit(string limit)
    {
        var limits = limit switch
        {
            "MaxModelBytes" => new OnnxLimits { MaxModelBytes = 1000 },
            "MaxStructureBytes" => new OnnxLimits { MaxStructureBytes = 100 },
            _ => new OnnxLimits { MaxTensorBytes = 3000 },
        };

        var error = Assert.Throws<OnnxFormatException>(() => OnnxModel.Parse(OnnxSamples.BytesOf("matmul"), limits));

        Assert.Contains($"(OnnxLimits.{limit})", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Limits_out_of_range_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxLimits { MaxDepth = 91 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxLimits { MaxDepth = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new OnnxLimits { MaxTensorBytes = 0 });
        Assert.Equal(64, OnnxLimits.Default.MaxDepth);
        Assert.Equal(1L << 31, OnnxLimits.Default.MaxModelBytes);
        Assert.Equal(1 << 28, OnnxLimits.Default.MaxStructureBytes);
        Assert.Equal(768L << 20, OnnxLimits.Default.MaxDecodedBytes);
        Assert.Equal(64L << 30, OnnxLimits.Default.MaxTensorBytes);
    }

    public static TheoryData<TensorProto, string> Tensors() => new()
    {
        { new TensorProto { Name = "t", DataType = 1, Dims = { -1 } }, "tensor 't': its shape [-1] has a negative dimension" },
        { new TensorProto { Name = "t", DataType = 1, Dims = { 1L << 40, 1L << 40 } }, "more elements than 64 bits can count" },
        { new TensorProto { Name = "t", DataType = 1, Dims = { 1L << 62 } }, "takes more bytes than 64 bits can count" },
        { new TensorProto { Name = "t", DataType = 1, Dims = { 1L << 50 } }, "at most 68719476736 are accepted" },
        { new TensorProto { Name = "t", DataType = 1, Dims = { 3 }, RawData = ByteString.CopyFrom(new byte[8]) }, "it holds 8 bytes; shape [3] of FLOAT takes 12" },
        { new TensorProto { Name = "t", DataType = 1, Dims = { 3 } }, "it holds 0 bytes; shape [3] of FLOAT takes 12" },
        { new TensorProto { Name = "t", DataType = 1, Dims = { 3 }, FloatData = { 1 } }, "it holds 4 bytes; shape [3] of FLOAT takes 12" },
        { new TensorProto { Name = "t", DataType = 99, Dims = { 3 } }, "its element type is type 99, which is not known" },
        { new TensorProto { Name = "t", Dims = { 3 } }, "its element type is UNDEFINED, which is not known" },
        { new TensorProto { Name = "t", DataType = 7, Dims = { 3000 }, Int64Data = { Enumerable.Range(0, 2000).Select(i => (long)i) } }, "it holds 2000 values; its shape takes 3000" },
        { new TensorProto { Name = "t", DataType = 7, Dims = { 1000 }, Int64Data = { Enumerable.Range(0, 2000).Select(i => (long)i) } }, "more than the 1000 values" },
        { new TensorProto { Name = "t", DataType = 1, Dims = { 1 }, Segment = new TensorProto.Types.Segment(), FloatData = { 1 } }, "it is a segment of a tensor" },
    };

    [Theory]
    [MemberData(nameof(Tensors))]
    public void A_tensor_that_contradicts_itself_is_refused_when_it_is_read(TensorProto tensor, string message)
    {
        using var model = OnnxModel.Parse(new ModelProto { Graph = new GraphProto { Initializer = { tensor } } }.ToByteArray());

        var error = Assert.Throws<OnnxFormatException>(() => model.DataOf(model.Proto.Graph.Initializer[0]));

        Assert.Contains(message, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_file_that_is_not_there_is_named()
    {
        using var folder = new TemporaryFolder();

        Assert.Contains("absent.onnx", Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(folder.File("absent.onnx"))).Message, StringComparison.Ordinal);
        Assert.Contains("is a folder", Assert.Throws<FileNotFoundException>(() => OnnxModel.Load(folder.Path)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_truncation_of_a_model_is_refused_or_read()
    {
        byte[] whole = OnnxSamples.BytesOf("if");
        for (int length = 0; length < whole.Length; length += 13)
        {
            try
            {
                using var model = OnnxModel.Parse(whole.AsMemory(0, length));
            }
            catch (OnnxFormatException error)
            {
                Assert.NotEmpty(error.Where);
            }
        }
    }

    private static byte[] Parked()
    {
        using var stream = new MemoryStream();
        using var output = new CodedOutputStream(stream);
        output.WriteTag(TensorProto.ParkedFieldNumber, WireFormat.WireType.Fixed64);
        output.WriteFixed64(0);
        output.Flush();
        return stream.ToArray();
    }
}
