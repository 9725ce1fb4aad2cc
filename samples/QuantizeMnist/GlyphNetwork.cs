// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;

namespace MLNetExtensions.Samples.QuantizeMnist;

/// <summary>A network with one hidden ReLU layer of random features and an output layer fitted by ridge regression.</summary>
internal sealed class GlyphNetwork
{
    public const int Hidden = 256;
    private const float Ridge = 1f;

    private GlyphNetwork(Matrix<float> hidden, Matrix<float> output) => (HiddenWeights, OutputWeights) = (hidden, output);

    /// <summary>Hidden weights, [pixels, 256].</summary>
    public Matrix<float> HiddenWeights { get; }

    /// <summary>Output weights, [256, 10].</summary>
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
}
