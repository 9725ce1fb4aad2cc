// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;
using static MLNetExtensions.Onnx.Protobuf.TensorProto.Types;

namespace MLNetExtensions.Tool.Tests;

/// <summary>A folder of its own with a small model in it, and a way to run the tool in process.</summary>
public sealed class ToolFixture : IDisposable
{
    public ToolFixture() => WriteModel(Model, seed: 1);

    public string Folder { get; } = Directory.CreateTempSubdirectory("mlnetx-tool-").FullName;

    public string Model => PathOf("model.onnx");

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Runs the tool; returns its exit code and what it wrote.</summary>
    internal static (int ExitCode, string Output, string Errors) Run(params string[] arguments)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        int exitCode = CommandLine.Run(arguments, output, errors);
        return (exitCode, output.ToString(), errors.ToString());
    }

    /// <summary>Writes <c>x [N, 64] -> MatMul(w1) -> Relu -> MatMul(w2) -> y [N, 8]</c>.</summary>
    public static void WriteModel(string path, int seed, float poison = 0)
    {
        var random = new Random(seed);
        var graph = new OnnxGraphBuilder();
        graph.Input("x", DataType.Float, "N", 64L);
        graph.Initializer("w1", [64, 32], Weights(random, 64 * 32));
        float[] second = Weights(random, 32 * 8);
        second[5] += poison;
        graph.Initializer("w2", [32, 8], second);
        graph.Node("MatMul", [graph.Node("Relu", [graph.Node("MatMul", ["x", "w1"])]), "w2"], "y");
        graph.Output("y", DataType.Float, "N", 8L);
        using var model = OnnxModel.Create(graph.ToModel());
        model.Save(path);
    }

    public void Dispose() => Directory.Delete(Folder, recursive: true);

    private static float[] Weights(Random random, int count) => [.. Enumerable.Range(0, count).Select(_ => (random.NextSingle() - 0.5f) * 2)];
}
