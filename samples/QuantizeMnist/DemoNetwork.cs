// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>A trained network on disk and the names of its tensors.</summary>
internal sealed record DemoNetwork(string Name, string Path, string Input, string Output)
{
    /// <summary>The networks that lie beside MNIST in the data folder.</summary>
    public static IReadOnlyList<DemoNetwork> FromDataFolder(string folder) =>
        [
            Open("self-attention", System.IO.Path.Combine(folder, "onnx", "self-attention-mnist-pgd-medium-sim.onnx")),
            Open("cnn with max", System.IO.Path.Combine(folder, "onnx", "cnn_max_mninst3.onnx")),
            Open("robust sigmoid", System.IO.Path.Combine(folder, "onnx", "robust_model_sigmoid_linear.onnx")),
        ];

    /// <summary>A network trained now on synthetic digits and written to the folder.</summary>
    public static DemoNetwork TrainGlyphs(string folder)
    {
        string path = System.IO.Path.Combine(folder, "glyphs.onnx");
        using (var model = OnnxModel.Create(GlyphNetwork.Train(SyntheticDigits.Draw(6000, seed: 1), seed: 2).ToOnnx()))
        {
            model.Save(path);
        }
        return Open("glyphs", path);
    }

    private static DemoNetwork Open(string name, string path)
    {
        using var model = OnnxModel.Load(path);
        var graph = model.Proto.Graph;
        var weights = graph.Initializer.Select(tensor => tensor.Name).ToHashSet();
        return new DemoNetwork(name, path, graph.Input.First(input => !weights.Contains(input.Name)).Name, graph.Output[0].Name);
    }
}
