// SPDX-License-Identifier: MIT
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using MLNetExtensions.TestUtilities;

namespace MLNetExtensions.Quantization.Tests.Support;

/// <summary>Runs models on numbers of a fixed seed, and looks at what ONNX Runtime made of them.</summary>
internal static class Runs
{
    /// <summary>Accuracy level 0: MatMulNBits computes in floats, so that nothing but the order of additions differs.</summary>
    private static readonly OnnxSessionSettings Exactly = new() { ConfigEntries = new Dictionary<string, string> { ["session.qdq_matmulnbits_accuracy_level"] = "0" } };

    /// <summary>All outputs, one after the other. Open dimensions are taken as given, in order, then as 2.</summary>
    public static float[] Outputs(OnnxModel model, params int[] open) => Outputs(model, Exactly, open);

    /// <summary>The same as ONNX Runtime computes them when nobody asks for accuracy.</summary>
    public static float[] DefaultOutputs(OnnxModel model, params int[] open) => Outputs(model, new OnnxSessionSettings(), open);

    private static float[] Outputs(OnnxModel model, OnnxSessionSettings settings, int[] open)
    {
        using var session = OnnxSession.Open(model.ToBytes(), settings);
        int opened = 0;
        TensorBuffer[] inputs = [.. session.Inputs.Select((input, i) => Filled(input, [.. input.Dimensions.Select(size => size >= 0 ? size : opened < open.Length ? open[opened++] : 2)], i))];
        return [.. session.RunOnce(inputs).SelectMany(Singles)];
    }

    /// <summary>The distance of two results relative to the second.</summary>
    public static double Distance(float[] actual, float[] expected)
    {
        Assert.Equal(expected.Length, actual.Length);
        double difference = actual.Zip(expected, (a, b) => ((double)a - b) * ((double)a - b)).Sum(), size = expected.Sum(b => (double)b * b);
        Assert.True(size > 0, "The reference is zero everywhere: it shows nothing.");
        return Math.Sqrt(difference / size);
    }

    /// <summary>The operators of the graph that ONNX Runtime really runs, those of subgraphs included.</summary>
    public static string[] OptimizedOperators(OnnxModel model, OnnxSessionSettings? settings = null)
    {
        using var folder = new TemporaryFolder();
        string path = folder.File("optimized.onnx");
        using (OnnxSession.Open(model.ToBytes(), (settings ?? new OnnxSessionSettings()) with { OptimizedModelPath = path }))
        {
        }
        using var optimized = OnnxModel.Load(path);
        return [.. GraphWalk.Nodes(optimized.Proto).Select(node => node.OpType)];
    }

    private static TensorBuffer Filled(OnnxTensorInfo info, long[] shape, int seed)
    {
        var buffer = TensorBuffer.Create(info.Name, info.ElementType, shape, 1, batched: false);
        var random = new Random(seed + 100);
        switch (buffer)
        {
            case TensorBuffer<float> numbers:
                foreach (ref float number in numbers.Elements)
                {
                    number = random.NextSingle();
                }
                break;
            case TensorBuffer<double> numbers:
                foreach (ref double number in numbers.Elements)
                {
                    number = random.NextDouble();
                }
                break;
            case TensorBuffer<long> indices:
                foreach (ref long index in indices.Elements)
                {
                    index = random.Next(10);
                }
                break;
            case TensorBuffer<bool> conditions:
                conditions.Elements.Fill(true);
                break;
        }
        return buffer;
    }

    private static float[] Singles(TensorBuffer buffer) => buffer switch
    {
        TensorBuffer<float> numbers => numbers.Elements.ToArray(),
        TensorBuffer<double> numbers => [.. numbers.Elements.ToArray().Select(number => (float)number)],
        TensorBuffer<long> numbers => [.. numbers.Elements.ToArray().Select(number => (float)number)],
        _ => throw new NotSupportedException($"Output '{buffer.Name}' holds {buffer.ElementType}."),
    };
}
