// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Tests.Solvers;

/// <summary>Weights of the shapes that solvers are compared on, from fixed seeds.</summary>
internal static class WeightSamples
{
    public static readonly string[] Kinds =
        ["gaussian", "laplace", "heavy tailed", "one outlier", "sparse", "two-valued", "lattice", "positive", "uniform", "constant", "shifted"];

    public static float[] Draw(string kind, int count, int seed)
    {
        Random random = new(seed);
        float[] weights = new float[count];
        for (int i = 0; i < count; i++)
        {
            weights[i] = (float)(kind switch
            {
                "gaussian" => Gaussian(random),
                "laplace" => Laplace(random),
                "heavy tailed" => Math.Pow(Gaussian(random), 3),
                "one outlier" => i == count / 2 ? 30 : Gaussian(random),
                "sparse" => random.NextDouble() < 0.8 ? 0 : Gaussian(random),
                "two-valued" => random.Next(2) == 0 ? 0.3 : -1.1,
                "lattice" => random.Next(-7, 8) * 0.375,
                "positive" => Math.Abs(Gaussian(random)),
                "uniform" => (2 * random.NextDouble()) - 1,
                "constant" => 0.7,
                "shifted" => 5 + Gaussian(random),
                _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "No such kind."),
            });
        }
        return weights;
    }

    public static double Energy(ReadOnlySpan<float> weights)
    {
        double sum = 0;
        foreach (float weight in weights)
        {
            sum += (double)weight * weight;
        }
        return sum;
    }

    /// <summary>A nearly exact Gaussian sample: Box-Muller on a two-dimensional low-discrepancy set.</summary>
    public static float[] GaussianPopulation(int count)
    {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++)
        {
            double u = (i + 0.5) / count;
            double v = BitReversed((uint)i);
            weights[i] = (float)(Math.Sqrt(-2 * Math.Log(u)) * Math.Cos(2 * Math.PI * v));
        }
        return weights;
    }

    /// <summary>The quantiles of the Laplace distribution of unit variance.</summary>
    public static float[] LaplacePopulation(int count)
    {
        float[] weights = new float[count];
        for (int i = 0; i < count; i++)
        {
            weights[i] = (float)LaplaceQuantile((i + 0.5) / count);
        }
        return weights;
    }

    private static double Gaussian(Random random) =>
        Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    private static double Laplace(Random random) => LaplaceQuantile(random.NextDouble());

    private static double LaplaceQuantile(double u) => (u < 0.5 ? Math.Log((2 * u) + 1e-300) : -Math.Log(2 - (2 * u) + 1e-300)) / Math.Sqrt(2);

    private static double BitReversed(uint value)
    {
        double sum = 0;
        for (double weight = 0.5; value != 0; value >>= 1, weight /= 2)
        {
            sum += (value & 1) * weight;
        }
        return sum;
    }
}
