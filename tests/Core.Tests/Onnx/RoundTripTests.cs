// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using Google.Protobuf;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

public sealed class RoundTripTests
{
    private static readonly Config Repeatable = Config.QuickThrowOnFailure.WithMaxTest(150).WithReplay(5, 7);
    private static readonly Arbitrary<int> Seeds = Arb.From(Gen.Choose(0, int.MaxValue));

    [Fact]
    public void Random_models_come_back_byte_for_byte() => Check.One(Repeatable, Prop.ForAll(Seeds, seed =>
    {
        byte[] original = RandomMessage.Model(seed, unknown: 0);
        using var model = OnnxModel.Parse(original);
        return original.AsSpan().SequenceEqual(model.ToBytes());
    }));

    [Fact]
    public void Unknown_fields_of_every_wire_type_survive_at_every_level() => Check.One(Repeatable, Prop.ForAll(Seeds, seed =>
    {
        byte[] original = RandomMessage.Model(seed, unknown: 0.5);
        using var model = OnnxModel.Parse(original);
        return original.AsSpan().SequenceEqual(model.ToBytes());
    }));

    [Fact]
    public void The_random_models_reach_every_message_type()
    {
        var reached = new HashSet<string>();
        for (int seed = 0; seed < 300; seed++)
        {
            Collect(ModelProto.Parser.ParseFrom(RandomMessage.Model(seed, unknown: 0)));
        }

        string[] expected = [.. OnnxReflection.Descriptor.MessageTypes.Select(type => type.Name)];
        Assert.Empty(expected.Except(reached));

        void Collect(IMessage message)
        {
            reached.Add(message.Descriptor.Name);
            foreach (var field in message.Descriptor.Fields.InFieldNumberOrder().Where(field => field.FieldType == Google.Protobuf.Reflection.FieldType.Message))
            {
                object? value = field.Accessor.GetValue(message);
                foreach (object? inner in value is System.Collections.IList list ? list : new[] { value })
                {
                    if (inner is IMessage nested)
                    {
                        Collect(nested);
                    }
                }
            }
        }
    }

    [Fact]
    public void Fields_in_another_order_and_with_long_lengths_give_the_same_model()
    {
        // graph before ir_version, and the graph's length written with more bytes than it needs.
        byte[] graph = OnnxSamples.MatMul().Graph.ToByteArray();
        byte[] original = [7 << 3 | 2, (byte)(graph.Length | 0x80), (byte)(graph.Length >> 7 | 0x80), 0x80, 0x00, .. graph, 1 << 3, 9];

        using var model = OnnxModel.Parse(original);

        Assert.Equal(ModelProto.Parser.ParseFrom(original), ModelProto.Parser.ParseFrom(model.ToBytes()));
    }

    [Fact]
    public void Elements_that_come_in_several_pieces_keep_their_order()
    {
        float[] values = OnnxSamples.Weights(1, 1000);
        var whole = OnnxTypes.Tensor("w", [1000], values);
        using var tensor = new MemoryStream();
        using (var output = new CodedOutputStream(tensor, leaveOpen: true))
        {
            output.WriteTag(1, WireFormat.WireType.Varint);
            output.WriteInt64(1000);
            output.WriteTag(2, WireFormat.WireType.Varint);
            output.WriteInt32(1);
            foreach (var (start, count) in new[] { (0, 10), (10, 700), (710, 0), (710, 290) })
            {
                output.WriteTag(4, WireFormat.WireType.LengthDelimited);
                output.WriteBytes(ByteString.CopyFrom(whole.RawData.Span.Slice(4 * start, 4 * count)));
            }
        }
        byte[] graph = [5 << 3 | 2, .. Length(tensor.Length), .. tensor.ToArray()];
        byte[] original = [7 << 3 | 2, .. Length(graph.Length), .. graph];

        using var model = OnnxModel.Parse(original);

        Assert.Empty(model.Proto.Graph.Initializer[0].FloatData);
        Assert.Equal(whole.RawData.ToByteArray(), model.DataOf(model.Proto.Graph.Initializer[0]).ToArray());
        Assert.Equal(values, ModelProto.Parser.ParseFrom(model.ToBytes()).Graph.Initializer[0].FloatData);

        static byte[] Length(long length) => [(byte)(length & 0x7F | 0x80), (byte)(length >> 7)];
    }

    [Fact]
    public void A_model_is_read_from_a_file_as_from_memory()
    {
        using var folder = new TemporaryFolder();
        foreach (string name in OnnxSamples.All.Keys)
        {
            byte[] bytes = OnnxSamples.BytesOf(name);
            File.WriteAllBytes(folder.File("a.onnx"), bytes);

            using var model = OnnxModel.Load(folder.File("a.onnx"));

            Assert.Equal(bytes, model.ToBytes());
        }
    }
}
