// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using Microsoft.ML.OnnxRuntime;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Core.Tests.Onnx;

/// <summary>ONNX Runtime gives the same bits for a model as it was found and as we wrote it.</summary>
public sealed class RunUnchangedTests
{
    public static TheoryData<string> Samples() => [.. OnnxSamples.All.Keys];

    [Theory]
    [MemberData(nameof(Samples))]
    public void A_sample_gives_the_same_bits(string name) => Compare(OnnxSamples.BytesOf(name), _ => null);

    [RealDataTheory]
    [MemberData(nameof(RealModelTests.Models), MemberType = typeof(RealModelTests))]
    public void A_real_model_gives_the_same_bits(string file)
    {
        string path = RealData.PathOf(file);

        Compare(File.ReadAllBytes(path), InputsOf(path));
    }

    [Fact]
    public void External_data_give_the_same_bits()
    {
        using var folder = new TemporaryFolder();
        string path = OnnxSamples.SaveWithExternalData(folder.Path);
        using var session = new InferenceSession(path);

        Assert.Equal(Run(OnnxSamples.BytesOf("matmul"), _ => null), Run(session, _ => null));
    }

    [RealDataFact]
    public void Most_of_the_operator_cases_are_compared()
    {
        int compared = RealModelTests.Files().Select(RealData.PathOf).Count(path => Loads(Runnable(File.ReadAllBytes(path), InputsOf(path))));

        // ONNX Runtime 1.29 and newer load at least 40 of the operator cases and all nine networks.
        Assert.True(compared >= 49, $"{compared} models were loaded");
    }

    private static bool Loads(byte[] bytes)
    {
        try
        {
            new InferenceSession(bytes).Dispose();
            return true;
        }
        catch (OnnxRuntimeException)
        {
            return false;
        }
    }

    private static void Compare(byte[] original, Func<string, TensorProto?> input)
    {
        using var model = OnnxModel.Parse(original);

        Assert.Equal(Run(Runnable(original, input), input), Run(Runnable(model.ToBytes(), input), input));
    }

    private static Func<string, TensorProto?> InputsOf(string path)
    {
        string folder = Path.Combine(Path.GetDirectoryName(path)!, "test_data_set_0");
        var names = ModelProto.Parser.ParseFrom(File.ReadAllBytes(path)).Graph.Input.Select(input => input.Name).ToList();
        return name =>
        {
            string file = Path.Combine(folder, $"input_{names.IndexOf(name)}.pb");
            return File.Exists(file) ? TensorProto.Parser.ParseFrom(File.ReadAllBytes(file)) : null;
        };
    }

    /// <summary>The managed binding of ONNX Runtime knows no inputs or outputs of the types after BFLOAT16: such inputs become constants, such outputs are cast to FLOAT.</summary>
    private static byte[] Runnable(byte[] bytes, Func<string, TensorProto?> input)
    {
        var model = ModelProto.Parser.ParseFrom(bytes);
        foreach (var value in model.Graph.Input.ToList())
        {
            if (ElementTypeOf(value) > 16 && input(value.Name) is { } given)
            {
                given.Name = value.Name;
                model.Graph.Initializer.Add(given);
                model.Graph.Input.Remove(value);
            }
        }
        foreach (var value in model.Graph.Output.Where(value => ElementTypeOf(value) > 16))
        {
            var cast = new NodeProto { OpType = "Cast", Input = { value.Name }, Output = { value.Name + "_as_float" } };
            cast.Attribute.Add(OnnxTypes.Attribute("to", 1));
            model.Graph.Node.Add(cast);
            value.Name += "_as_float";
            value.Type.TensorType.ElemType = 1;
        }
        return Google.Protobuf.MessageExtensions.ToByteArray(model);
    }

    private static int ElementTypeOf(ValueInfoProto value) => value.Type?.TensorType?.ElemType ?? 0;

    /// <summary>The outputs' bytes; null where this ONNX Runtime does not load the model.</summary>
    private static List<byte[]>? Run(byte[] bytes, Func<string, TensorProto?> input)
    {
        if (!Loads(bytes))
        {
            return null;
        }
        using var session = new InferenceSession(bytes);
        return Run(session, input);
    }

    private static List<byte[]> Run(InferenceSession session, Func<string, TensorProto?> input)
    {
        var names = session.InputMetadata.Keys.ToList();
        var buffers = new List<GCHandle>();
        var values = new List<OrtValue>();
        using var options = new RunOptions();
        try
        {
            for (int i = 0; i < names.Count; i++)
            {
                var (type, shape, raw) = input(names[i]) is { } given ? Given(given) : Made(session.InputMetadata[names[i]]);
                buffers.Add(GCHandle.Alloc(raw, GCHandleType.Pinned));
                values.Add(OrtValue.CreateTensorValueWithData(OrtMemoryInfo.DefaultInstance, type, shape, buffers[^1].AddrOfPinnedObject(), raw.Length));
            }
            using var outputs = session.Run(options, names, values, session.OutputNames);
            return [.. outputs.Select(output => output.GetTensorMutableRawData().ToArray())];
        }
        finally
        {
            values.ForEach(value => value.Dispose());
            buffers.ForEach(buffer => buffer.Free());
        }
    }

    private static (TensorElementType Type, long[] Shape, byte[] Raw) Given(TensorProto tensor)
    {
        using var model = OnnxModel.Create(new ModelProto { Graph = new GraphProto { Initializer = { tensor } } });
        return ((TensorElementType)tensor.DataType, [.. tensor.Dims], model.DataOf(tensor).ToArray());
    }

    // The smallest size that every network here accepts for a dimension that varies; a scalar integer is a sampling rate.
    private static (TensorElementType Type, long[] Shape, byte[] Raw) Made(NodeMetadata input)
    {
        long[] shape = [.. input.Dimensions.Select((size, index) => size > 0 ? size : index == 0 || input.Dimensions.Length > 2 ? 1L : 576)];
        int count = (int)shape.Aggregate(1L, (product, size) => product * size);
        return input.ElementDataType switch
        {
            TensorElementType.Float => (TensorElementType.Float, shape, MemoryMarshal.AsBytes(OnnxSamples.Weights(17, count).AsSpan()).ToArray()),
            TensorElementType.Int64 when shape.Length == 0 => (TensorElementType.Int64, shape, BitConverter.GetBytes(16000L)),
            var other => (other, shape, new byte[TensorTypes.BytesOf((int)other, count)]),
        };
    }
}
