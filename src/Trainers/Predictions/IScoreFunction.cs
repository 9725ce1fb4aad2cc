// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Trainers.Predictions;

/// <summary>What a trained model computes from a row's features, as it stands in an ONNX graph.</summary>
internal interface IScoreFunction
{
    /// <summary>The length of a row of features.</summary>
    int Features { get; }

    /// <summary>How many scores a row gets.</summary>
    int Outputs { get; }

    /// <summary>Adds it to a graph of opset 17 or later.</summary>
    /// <param name="graph">The graph.</param>
    /// <param name="input">A float value of N x <see cref="Features"/>.</param>
    /// <returns>The name of the value of N x <see cref="Outputs"/>.</returns>
    string Export(OnnxGraphBuilder graph, string input);
}
