// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

/// <summary>Gradients as plain vectors of doubles, and what aggregators make of them.</summary>
internal static class Vectors
{
    public static double[][] Random(int workers, int length, ulong seed, double common = 0.3)
    {
        RandomStream random = new(seed);
        double[] shared = [.. Enumerable.Range(0, length).Select(_ => random.NextNormal())];
        return [.. Enumerable.Range(0, workers).Select(_ => shared.Select(value => (common * value) + random.NextNormal()).ToArray())];
    }

    public static double Dot(double[] a, double[] b) => a.Zip(b, (x, y) => x * y).Sum();

    public static double Norm(double[] a) => Math.Sqrt(Dot(a, a));

    public static double[] Scale(double[] a, double factor) => [.. a.Select(value => value * factor)];

    public static double[] Add(double[] a, double[] b) => [.. a.Zip(b, (x, y) => x + y)];

    public static double[] Mean(double[][] gradients) => Scale(gradients.Aggregate(Add), 1.0 / gradients.Length);

    public static double[] Sum(double[][] gradients, ReadOnlySpan<double> coefficients)
    {
        double[] sum = new double[gradients[0].Length];
        for (int i = 0; i < gradients.Length; i++)
        {
            sum = Add(sum, Scale(gradients[i], coefficients[i]));
        }
        return sum;
    }

    public static GramMatrix Gram(double[][] gradients)
    {
        GramMatrix gram = new(gradients.Length);
        for (int i = 0; i < gradients.Length; i++)
        {
            for (int j = 0; j < gradients.Length; j++)
            {
                gram[i, j] = Dot(gradients[i], gradients[j]);
            }
        }
        return gram;
    }

    /// <summary>The coefficients that the aggregator itself chooses, without the descent test.</summary>
    public static double[] Coefficients(IGradientAggregator aggregator, double[][] gradients, double[]? state = null)
    {
        double[] coefficients = new double[gradients.Length];
        aggregator.Combine(Gram(gradients), state ?? new double[aggregator.StateLength(gradients.Length)], coefficients);
        return coefficients;
    }

    /// <summary>The update that the aggregator itself chooses, without the descent test.</summary>
    public static double[] Update(IGradientAggregator aggregator, double[][] gradients, double[]? state = null) =>
        Sum(gradients, Coefficients(aggregator, gradients, state));

    /// <summary>The weights on directions that coefficients amount to.</summary>
    public static double[] Weights(double[] coefficients, double[][] gradients) => [.. coefficients.Zip(gradients, (c, g) => c * Norm(g))];

    public static void Equal(double[] expected, double[] actual, double tolerance = 1e-12)
    {
        Assert.Equal(expected.Length, actual.Length);
        double scale = Math.Max(1e-300, expected.Select(Math.Abs).DefaultIfEmpty().Max());
        for (int i = 0; i < expected.Length; i++)
        {
            Assert.True(Math.Abs(expected[i] - actual[i]) <= tolerance * scale, $"[{i}]: {expected[i]} expected, {actual[i]} found; scale {scale}.");
        }
    }
}
