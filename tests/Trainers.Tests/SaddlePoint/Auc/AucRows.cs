// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Auc;

/// <summary>Rows of two classes for AUC, and what is known of them in closed form.</summary>
internal static class AucRows
{
    /// <summary>Features of different size whose means differ between the classes.</summary>
    /// <param name="count">How many rows.</param>
    /// <param name="features">How many features.</param>
    /// <param name="seed">What they are drawn from.</param>
    /// <param name="spread">The largest feature's size over the smallest one's.</param>
    /// <param name="mean">What is added to all features.</param>
    /// <param name="density">The part that is not zero.</param>
    /// <param name="weighted">Whether rows have weights, some of them 0.</param>
    public static TrainingRows Draw(int count, int features, int seed, double spread = 10, double mean = 0, double density = 1, bool weighted = false)
    {
        var random = new Random(seed);
        float[] values = new float[count * features], labels = new float[count], weights = weighted ? new float[count] : [];
        for (int row = 0; row < count; row++)
        {
            labels[row] = random.NextDouble() < 0.3 ? 1 : 0;
            for (int j = 0; j < features; j++)
            {
                double size = Math.Pow(spread, features == 1 ? 0 : -j / (features - 1.0)), noise = random.NextDouble() + random.NextDouble() - 1;
                values[(row * features) + j] = random.NextDouble() < density ? (float)(mean + (size * (noise + (labels[row] * (j % 3 == 0 ? 0.4 : -0.1))))) : 0;
            }
            if (weighted)
            {
                weights[row] = random.Next(4) * 0.5f;
            }
        }
        return TrainingRows.Dense(values, features, labels, weights);
    }

    /// <summary>The rows of a class as a matrix, with their weights over the sum.</summary>
    public static (Matrix<double> Features, Vector<double> Shares) ClassOf(TrainingRows rows, bool positive)
    {
        int[] chosen = [.. Enumerable.Range(0, (int)rows.Count).Where(row => rows.Labels[row] > 0 == positive)];
        float[] buffer = new float[rows.Features];
        var features = Matrix<double>.Build.Dense(chosen.Length, rows.Features);
        var shares = Vector<double>.Build.Dense(chosen.Length, i => rows.Weights.IsEmpty ? 1 : rows.Weights[chosen[i]]);
        for (int i = 0; i < chosen.Length; i++)
        {
            rows.CopyFeatures(chosen[i], buffer);
            features.SetRow(i, Array.ConvertAll(buffer, value => (double)value));
        }
        return (features, shares / shares.Sum());
    }

    /// <summary>The solution: w, a, b, α, by the classes' moments and one linear system.</summary>
    public static double[] Solution(TrainingRows rows, double l2)
    {
        var (positive, positiveShares) = ClassOf(rows, true);
        var (negative, negativeShares) = ClassOf(rows, false);
        var positiveMean = positive.TransposeThisAndMultiply(positiveShares);
        var negativeMean = negative.TransposeThisAndMultiply(negativeShares);
        var difference = positiveMean - negativeMean;
        double p = Share(rows), q = p * (1 - p);
        var system = Covariance(positive, positiveShares, positiveMean) + Covariance(negative, negativeShares, negativeMean)
            + difference.OuterProduct(difference) + Matrix<double>.Build.DenseIdentity(rows.Features) * (l2 / (2 * q));
        var weights = system.Cholesky().Solve(difference);
        return [.. weights, positiveMean * weights, negativeMean * weights, -(difference * weights)];
    }

    /// <summary>The positive share, by weight.</summary>
    public static double Share(TrainingRows rows)
    {
        double positive = 0, all = 0;
        for (int row = 0; row < rows.Count; row++)
        {
            double weight = rows.Weights.IsEmpty ? 1 : rows.Weights[row];
            positive += rows.Labels[row] > 0 ? weight : 0;
            all += weight;
        }
        return positive / all;
    }

    private static Matrix<double> Covariance(Matrix<double> features, Vector<double> shares, Vector<double> mean)
    {
        var deviations = Matrix<double>.Build.Dense(features.RowCount, features.ColumnCount, (i, j) => Math.Sqrt(shares[i]) * (features[i, j] - mean[j]));
        return deviations.TransposeThisAndMultiply(deviations);
    }
}
