// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>Scores <c>x W + b</c>.</summary>
internal sealed class LinearScore : IScoreFunction
{
    private readonly float[] _parameters;

    /// <summary>Takes W (features x outputs, row after row) and then b; the array is not copied.</summary>
    public LinearScore(int features, int outputs, float[] parameters)
    {
        if (parameters.Length != checked((features + 1) * outputs))
        {
            throw new ArgumentException($"A linear model of {features} features and {outputs} outputs has {(features + 1) * outputs} parameters; {parameters.Length} were given.", nameof(parameters));
        }
        Features = features;
        Outputs = outputs;
        _parameters = parameters;
    }

    public int Features { get; }

    public int Outputs { get; }

    /// <summary>The weights of one output: one for each feature.</summary>
    public IReadOnlyList<float> WeightsOf(int output) => Array.AsReadOnly([.. Enumerable.Range(0, Features).Select(feature => _parameters[(feature * Outputs) + output])]);

    /// <summary>The bias of one output.</summary>
    public float BiasOf(int output) => _parameters[(Features * Outputs) + output];

    /// <summary>All scores times a scale, plus an offset.</summary>
    public LinearScore Rescale(float scale, float offset)
    {
        int weights = Features * Outputs;
        return new LinearScore(Features, Outputs, [.. _parameters.Select((value, i) => (scale * value) + (i < weights ? 0 : offset))]);
    }

    public string Export(OnnxGraphBuilder graph, string input)
    {
        int weights = Features * Outputs;
        string product = graph.Node("MatMul", [input, graph.Initializer("weight", [Features, Outputs], _parameters.AsSpan(0, weights))]);
        return graph.Node("Add", [product, graph.Initializer("bias", [Outputs], _parameters.AsSpan(weights))]);
    }
}
