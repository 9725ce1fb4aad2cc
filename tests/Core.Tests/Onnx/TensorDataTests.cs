// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class TensorDataTests
{
    // 3 elements stay in the message, 2000 are left in the file.
    public static TheoryData<DataType, int> TypesAndSizes()
    {
        var cases = new TheoryData<DataType, int>();
        foreach (var type in Enum.GetValues<DataType>().Where(type => TensorTypes.BitsOf((int)type) > 0))
        {
            cases.Add(type, 3);
            cases.Add(type, 2000);
        }
        return cases;
    }

    [Theory]
    [MemberData(nameof(TypesAndSizes))]
    public void Typed_fields_and_raw_data_give_the_same_bytes(DataType type, int elements)
    {
        byte[] raw = new byte[TensorTypes.BytesOf((int)type, elements)];
        new Random(7).NextBytes(raw);
        var typed = new TensorProto { Name = "t", DataType = (int)type, Dims = { elements } };
        AddTyped(typed, raw);
        byte[] bytes = ModelWith(OnnxTypes.Tensor("r", type, [elements], raw), typed).ToByteArray();

        using var model = OnnxModel.Parse(bytes);

        Assert.All(model.Proto.Graph.Initializer, tensor => Assert.Equal(raw, model.DataOf(tensor).ToArray()));
        Assert.Equal(bytes, model.ToBytes());
    }

    [Theory]
    [InlineData(DataType.Float)]
    [InlineData(DataType.Float16)]
    [InlineData(DataType.Bfloat16)]
    [InlineData(DataType.Double)]
    public void Floats_of_every_width_are_read_as_single_precision(DataType type)
    {
        float[] values = [0, 1, -1.5f, 0.25f, 96, float.PositiveInfinity];
        byte[] raw = type switch
        {
            DataType.Float => MemoryMarshal.AsBytes(values.AsSpan()).ToArray(),
            DataType.Float16 => MemoryMarshal.AsBytes(values.Select(value => (Half)value).ToArray().AsSpan()).ToArray(),
            DataType.Bfloat16 => MemoryMarshal.AsBytes(values.Select(value => (ushort)(BitConverter.SingleToUInt32Bits(value) >> 16)).ToArray().AsSpan()).ToArray(),
            _ => MemoryMarshal.AsBytes(values.Select(value => (double)value).ToArray().AsSpan()).ToArray(),
        };
        var tensor = OnnxTypes.Tensor("t", type, [values.Length], raw);
        float[] read = new float[4];

        TensorElements.ReadSingles(tensor, TensorData.FromBytes(raw), 2, read);

        Assert.Equal(values[2..], read);
    }

    [Fact]
    public void Reading_integers_as_floats_is_refused()
    {
        var tensor = OnnxTypes.Tensor("t", [1], (long[])[1]);

        var error = Assert.Throws<ArgumentException>(() => TensorElements.ReadSingles(tensor, TensorData.FromBytes(new byte[8]), 0, new float[1]));

        Assert.StartsWith("Tensor 't' holds INT64; FLOAT, FLOAT16, BFLOAT16 or DOUBLE is needed.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Elements_are_left_out_of_messages_wherever_a_tensor_may_stand()
    {
        TensorProto Large(string name) => OnnxTypes.Tensor(name, [500], OnnxSamples.Weights(1, 500));
        var graph = new OnnxGraphBuilder();
        graph.Initializer(Large("initializer"));
        graph.Constant(Large("constant"));
        var inner = graph.Subgraph("inner");
        inner.Initializer(Large("nested"));
        graph.Node("If", [""], "i", new Dictionary<string, object> { ["then_branch"] = inner.Graph });
        graph.Graph.SparseInitializer.Add(new SparseTensorProto { Values = Large("values"), Indices = Large("indices") });
        graph.Graph.Node[0].Attribute.Add(new AttributeProto { Name = "many", Tensors = { Large("a"), Large("b") }, SparseTensors = { new SparseTensorProto { Values = Large("s") } } });
        var proto = graph.ToModel();
        proto.TrainingInfo.Add(new TrainingInfoProto { Algorithm = new GraphProto { Initializer = { Large("training") } } });
        proto.Functions.Add(new FunctionProto { Node = { new NodeProto { Attribute = { OnnxTypes.Attribute("value", Large("function")) } } }, AttributeProto = { OnnxTypes.Attribute("default", Large("default")) } });
        byte[] bytes = proto.ToByteArray();

        using var model = OnnxModel.Parse(bytes);

        var tensors = GraphWalk.Tensors(model.Proto).ToList();
        Assert.Equal(11, tensors.Count);
        Assert.All(tensors, tensor => Assert.False(tensor.HasRawData));
        Assert.All(tensors, tensor => Assert.Equal(2000, model.DataOf(tensor).ByteLength));
        Assert.Equal(bytes, model.ToBytes());
    }

    [Fact]
    public void New_elements_take_the_place_of_old_ones_in_whatever_form()
    {
        using var model = OnnxModel.Parse(OnnxSamples.Gemm(typed: true).ToByteArray());
        var weights = model.Proto.Graph.Initializer[0];
        float[] values = OnnxSamples.Weights(99, 640);

        model.SetData(weights, model.Spool(MemoryMarshal.AsBytes(values.AsSpan())));

        var written = ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Initializer[0];
        Assert.Empty(written.FloatData);
        Assert.Equal(MemoryMarshal.AsBytes(values.AsSpan()), written.RawData.Span);
        Assert.Equal("w", written.Name);
    }

    [Fact]
    public void Elements_that_do_not_fit_the_shape_are_not_taken()
    {
        using var model = OnnxModel.Create(OnnxSamples.MatMul());

        var error = Assert.Throws<ArgumentException>(() => model.SetData(model.Proto.Graph.Initializer[0], TensorData.FromBytes(new byte[7])));

        Assert.StartsWith("Tensor 'w' of shape [32, 24] and type FLOAT takes 3072 bytes; 7 were given.", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spooled_bytes_are_read_back_and_leave_no_file()
    {
        byte[] large = new byte[200_000];
        new Random(3).NextBytes(large);
        var model = OnnxModel.Create(OnnxSamples.MatMul());
        var first = model.Spool(large);
        var second = model.Spool(large.AsSpan(1));
        byte[] middle = new byte[1000];

        second.Read(50_000, middle);

        Assert.Equal(large, first.ToArray());
        Assert.Equal(large[50_001..51_001], middle);
        model.Dispose();
        Assert.Throws<ObjectDisposedException>(() => first.ToArray());
    }

    [Fact]
    public void A_tensor_moved_to_another_model_is_noticed()
    {
        using var from = OnnxModel.Parse(OnnxSamples.BytesOf("matmul"));
        using var to = OnnxModel.Parse(OnnxSamples.BytesOf("conv"));
        var moved = from.Proto.Graph.Initializer[0].Clone();
        to.Proto.Graph.Initializer.Add(moved);

        Assert.Contains("'w' belongs to another model", Assert.Throws<InvalidOperationException>(to.ToBytes).Message, StringComparison.Ordinal);

        to.SetData(moved, from.DataOf(moved));
        Assert.Equal(from.DataOf(from.Proto.Graph.Initializer[0]).ToArray(), ModelProto.Parser.ParseFrom(to.ToBytes()).Graph.Initializer[^1].RawData.ToByteArray());
    }

    private static ModelProto ModelWith(params TensorProto[] tensors) => new() { IrVersion = 13, Graph = new GraphProto { Initializer = { tensors } } };

    private static void AddTyped(TensorProto tensor, byte[] raw)
    {
        switch ((DataType)tensor.DataType)
        {
            case DataType.Float or DataType.Complex64:
                tensor.FloatData.Add(MemoryMarshal.Cast<byte, float>(raw).ToArray());
                break;
            case DataType.Double or DataType.Complex128:
                tensor.DoubleData.Add(MemoryMarshal.Cast<byte, double>(raw).ToArray());
                break;
            case DataType.Int64:
                tensor.Int64Data.Add(MemoryMarshal.Cast<byte, long>(raw).ToArray());
                break;
            case DataType.Uint64:
                tensor.Uint64Data.Add(MemoryMarshal.Cast<byte, ulong>(raw).ToArray());
                break;
            case DataType.Uint32:
                tensor.Uint64Data.Add(MemoryMarshal.Cast<byte, uint>(raw).ToArray().Select(value => (ulong)value));
                break;
            case DataType.Int32:
                tensor.Int32Data.Add(MemoryMarshal.Cast<byte, int>(raw).ToArray());
                break;
            case DataType.Int16:
                tensor.Int32Data.Add(MemoryMarshal.Cast<byte, short>(raw).ToArray().Select(value => (int)value));
                break;
            case DataType.Int8:
                tensor.Int32Data.Add(raw.Select(value => (int)(sbyte)value));
                break;
            default:
                tensor.Int32Data.Add(TensorTypes.BitsOf(tensor.DataType) == 16
                    ? MemoryMarshal.Cast<byte, ushort>(raw).ToArray().Select(value => (int)value)
                    : raw.Select(value => (int)value));
                break;
        }
    }
}
