// SPDX-License-Identifier: MIT
using Google.Protobuf;
using MLNetExtensions.Networks;
using MLNetExtensions.Numerics;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Running;
using DataType = MLNetExtensions.Onnx.Protobuf.TensorProto.Types.DataType;

namespace MLNetExtensions.Core.Tests.Networks;

/// <summary>Compares a network's forward pass with ONNX Runtime's run of its export.</summary>
internal static class ExportCheck
{
    private const float Tolerance = 1e-5f;

    /// <summary>Fails unless both agree to 1e-5, for every opset from the oldest that is promised.</summary>
    public static void Verify(ILayer layer, ulong seed = 7, int rows = 6, float inputScale = 1)
    {
        var network = new Network(layer);
        float[] parameters = network.Initialize(seed);
        // Zeros and ones, which biases and scales begin as, would hide a wrong place.
        var random = new RandomStream(seed, 1);
        foreach (ref float value in parameters.AsSpan())
        {
            value += 0.1f * (float)random.NextNormal();
        }
        var input = new DenseMatrix(rows, layer.Inputs);
        random.FillNormal(input.Values, inputScale);
        var ours = network.Forward(parameters, input, LayerPass.Scoring).Values;
        foreach (int opset in (int[])[17, 21])
        {
            float[] theirs = Run(network, parameters, input, opset);
            Assert.Equal(ours.Length, theirs.Length);
            for (int i = 0; i < ours.Length; i++)
            {
                Assert.True(Math.Abs(ours[i] - theirs[i]) <= Tolerance * Math.Max(1, Math.Abs(theirs[i])), $"Opset {opset}, output {i}: ours is {ours[i]:g9}, ONNX Runtime's {theirs[i]:g9}.");
            }
        }
    }

    /// <summary>Runs a network in ONNX Runtime.</summary>
    public static float[] Run(Network network, float[] parameters, DenseMatrix input, int opset)
    {
        var graph = new OnnxGraphBuilder("network");
        graph.Input("x", DataType.Float, "N", input.Columns);
        string output = network.Export(graph, "x", parameters);
        graph.Output(output, DataType.Float, "N", network.Root.Outputs);
        using var session = OnnxSession.Open(graph.ToModel(opset).ToByteArray(), new OnnxSessionSettings { IntraOpThreads = 1 });
        var given = new TensorBuffer<float>("x", [input.Columns], input.Rows, batched: true);
        input.Values.CopyTo(given.Elements);
        return ((TensorBuffer<float>)session.RunOnce([given], rows: input.Rows)[0]).Elements.ToArray();
    }
}
