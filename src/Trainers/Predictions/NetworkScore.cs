// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>Scores of a trained network.</summary>
internal sealed class NetworkScore(NetworkSpec spec, int features, int outputs, float[] parameters) : IScoreFunction
{
    public int Features => features;

    public int Outputs => outputs;

    // Layers serve one thread: each export has a network of its own.
    public string Export(OnnxGraphBuilder graph, string input) => spec.Build(features, outputs).Root.Export(graph, input, parameters);
}
