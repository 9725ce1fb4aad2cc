// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Onnx;
using MLNetExtensions.Onnx.Protobuf;
using static MLNetExtensions.Onnx.Protobuf.TensorProto.Types;

namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>A network with one hidden ReLU layer of random features and an output layer fitted by ridge regression.</summary>
internal sealed class GlyphNetwork
{
    public const int Hidden = 512;
    private const float Ridge = 10f;

    private GlyphNetwork(Matrix<float> hidden, Matrix<float> output) => (HiddenWeights, OutputWeights) = (hidden, output);

    /// <summary>Hidden weights, [pixels, 512].</summary>
    public Matrix<float> HiddenWeights { get; }

    /// <summary>Output weights, [512, 10].</summary>
    public Matrix<float> OutputWeights { get; }

    /// <summary>Fits the output layer to one-hot digits by least squares.</summary>
    public static GlyphNetwork Train(DigitSet set, int seed)
    {
        var random = new Random(seed);
        float spread = 1 / MathF.Sqrt(set.PixelCount);
        var hidden = Matrix<float>.Build.Dense(set.PixelCount, Hidden, (_, _) => 3 * spread * SyntheticDigits.Gaussian(random));
        var inputs = Matrix<float>.Build.DenseOfRowArrays(set.Images.Select(image => image.Pixels));
        var targets = Matrix<float>.Build.Dense(set.Images.Length, 10, (row, digit) => set.Images[row].Digit == digit ? 1 : 0);

        var features = (inputs * hidden).PointwiseMaximum(0f);
        var gram = features.TransposeThisAndMultiply(features) + (Ridge * Matrix<float>.Build.DenseIdentity(Hidden));
        return new GlyphNetwork(hidden, gram.Cholesky().Solve(features.TransposeThisAndMultiply(targets)));
    }

    /// <summary>The network as an ONNX model: <c>pixels</c> [N, 144] to <c>scores</c> [N, 10].</summary>
    public ModelProto ToOnnx()
    {
        var graph = new OnnxGraphBuilder("glyphs");
        graph.Input("pixels", DataType.Float, "N", (long)HiddenWeights.RowCount);
        string features = graph.Node("MatMul", ["pixels", Weights(graph, "hidden_weights", HiddenWeights)]);
        string active = graph.Node("Relu", [features]);
        graph.Node("MatMul", [active, Weights(graph, "output_weights", OutputWeights)], "scores");
        graph.Output("scores", DataType.Float, "N", (long)OutputWeights.ColumnCount);
        return graph.ToModel();
    }

    private static string Weights(OnnxGraphBuilder graph, string name, Matrix<float> weights) =>
        graph.Initializer(name, [weights.RowCount, weights.ColumnCount], weights.ToRowMajorArray());
}
