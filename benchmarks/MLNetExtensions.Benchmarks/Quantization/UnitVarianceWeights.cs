// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Benchmarks.Quantization;

/// <summary>Matrices of random weights, normalised to unit variance.</summary>
internal static class UnitVarianceWeights
{
    public static float[] Gaussian(int count, int seed)
    {
        Random random = new(seed);
        return Normalise(count, () => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble()));
    }

    public static float[] Laplace(int count, int seed)
    {
        Random random = new(seed);
        return Normalise(count, () => Math.Log(1 - random.NextDouble()) * (random.Next(2) == 0 ? 1 : -1));
    }

    private static float[] Normalise(int count, Func<double> draw)
    {
        double[] weights = [.. Enumerable.Range(0, count).Select(_ => draw())];
        double deviation = Math.Sqrt(weights.Sum(w => w * w) / count);
        return [.. weights.Select(w => (float)(w / deviation))];
    }
}
