// SPDX-License-Identifier: MIT
using System.Runtime.InteropServices;
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>Scores of a function times a scale, plus an offset.</summary>
internal sealed class RescaledScore : IScoreFunction
{
    private readonly IScoreFunction _inner;
    private readonly float _scale;
    private readonly float _offset;

    private RescaledScore(IScoreFunction inner, float scale, float offset)
    {
        _inner = inner;
        _scale = scale;
        _offset = offset;
    }

    public int Features => _inner.Features;

    public int Outputs => _inner.Outputs;

    /// <summary>The rescaled function; a linear one stays linear.</summary>
    public static IScoreFunction Of(IScoreFunction inner, float scale, float offset) =>
        (scale, offset) == (1, 0) ? inner : inner is LinearScore linear ? linear.Rescale(scale, offset) : new RescaledScore(inner, scale, offset);

    public string Export(OnnxGraphBuilder graph, string input)
    {
        string scaled = graph.Node("Mul", [_inner.Export(graph, input), Constant(graph, "score_scale", _scale)]);
        return graph.Node("Add", [scaled, Constant(graph, "score_offset", _offset)]);
    }

    private static string Constant(OnnxGraphBuilder graph, string name, float value) =>
        graph.Initializer(graph.UniqueName(name), [1], MemoryMarshal.CreateReadOnlySpan(ref value, 1));
}
