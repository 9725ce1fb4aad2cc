// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>Scores of a function that was trained on standardised labels, in the labels' own unit: times the scale, plus the offset.</summary>
internal sealed class RescaledScore(IScoreFunction inner, float scale, float offset) : IScoreFunction
{
    public int Features => inner.Features;

    public int Outputs => inner.Outputs;

    public string Export(OnnxGraphBuilder graph, string input)
    {
        string scaled = graph.Node("Mul", [inner.Export(graph, input), Constant(graph, "score_scale", scale)]);
        return graph.Node("Add", [scaled, Constant(graph, "score_offset", offset)]);
    }

    private static string Constant(OnnxGraphBuilder graph, string name, float value) =>
        graph.Initializer(graph.UniqueName(name), [1], MemoryMarshal.CreateReadOnlySpan(ref value, 1));
}
