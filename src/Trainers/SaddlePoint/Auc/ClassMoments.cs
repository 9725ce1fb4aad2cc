// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Auc;

/// <summary>The weights, means and variances of the two classes.</summary>
internal sealed class ClassMoments
{
    // A variance that is this small beside the mean square is what rounding leaves of a constant.
    private const double Rounding = 1e-24;

    private ClassMoments(double positiveWeight, double negativeWeight, double[] positiveMean, double[] negativeMean, double[] variance)
    {
        PositiveWeight = positiveWeight;
        NegativeWeight = negativeWeight;
        PositiveMean = positiveMean;
        NegativeMean = negativeMean;
        Variance = variance;
        Difference = [.. positiveMean.Zip(negativeMean, (positive, negative) => positive - negative)];
    }

    /// <summary>How often <see cref="Of"/> passes over the rows.</summary>
    public static int Passes => 2;

    /// <summary>The sum of the weights of positive rows.</summary>
    public double PositiveWeight { get; }

    /// <summary>The sum of the weights of negative rows.</summary>
    public double NegativeWeight { get; }

    /// <summary>μ₊, the weighted mean of positive rows.</summary>
    public double[] PositiveMean { get; }

    /// <summary>μ₋, the weighted mean of negative rows.</summary>
    public double[] NegativeMean { get; }

    /// <summary>δ = μ₊ - μ₋.</summary>
    public double[] Difference { get; }

    /// <summary>The features' variances within the positive rows plus those within the negative ones; exactly 0 for what is constant in both.</summary>
    public double[] Variance { get; }

    /// <summary>Computes them in two passes; there are rows of both classes with a weight.</summary>
    public static ClassMoments Of(TrainingRows rows, ThreadTeam team)
    {
        int features = rows.Features;
        ChunkedSum sums = new((int)rows.Count, (2 * features) + 2, team);
        double[] means = [.. sums.Over((first, end, sum) =>
        {
            for (int row = first; row < end; row++)
            {
                int side = rows.Labels[row] > 0 ? 0 : 1;
                double weight = WeightOf(rows, row);
                sum[(2 * features) + side] += weight;
                rows[row].AddTo(sum.AsSpan(side * features, features), weight);
            }
        })];
        double positive = means[^2], negative = means[^1];
        Divide(means, features, positive, negative);
        double[] squares = Deviations(rows, sums, means);
        Divide(squares, features, positive, negative);
        double[] variance = new double[features];
        for (int j = 0; j < features; j++)
        {
            double bound = Rounding * ((means[j] * means[j]) + (means[features + j] * means[features + j]));
            double spread = squares[j] + squares[features + j];
            variance[j] = spread > bound ? spread : 0;
        }
        return new ClassMoments(positive, negative, means[..features], means[features..(2 * features)], variance);
    }

    /// <summary>The weight of a row.</summary>
    public static double WeightOf(TrainingRows rows, int row) => rows.Weights.IsEmpty ? 1 : rows.Weights[row];

    // Squares of what the means leave: squares of the features themselves would lose a small variance beside a large mean.
    private static double[] Deviations(TrainingRows rows, ChunkedSum sums, double[] means)
    {
        int features = rows.Features;
        double[] total = sums.Over((first, end, sum) =>
        {
            for (int row = first; row < end; row++)
            {
                int offset = rows.Labels[row] > 0 ? 0 : features;
                double weight = WeightOf(rows, row);
                var values = rows[row];
                for (int k = 0; k < values.Values.Length; k++)
                {
                    int j = offset + (values.IsDense ? k : values.Indices[k]);
                    double mean = means[j], deviation = values.Values[k] - mean;
                    // A feature that a sparse row leaves out is 0 and gives the mean's square, which is added for all rows at the end.
                    sum[j] += weight * (values.IsDense ? deviation * deviation : (deviation * deviation) - (mean * mean));
                }
                sum[(2 * features) + (offset == 0 ? 0 : 1)] += values.IsDense ? 0 : weight;
            }
        });
        for (int j = 0; j < 2 * features; j++)
        {
            total[j] = Math.Max(0, total[j] + (total[(2 * features) + (j / features)] * means[j] * means[j]));
        }
        return total;
    }

    private static void Divide(double[] sums, int features, double positive, double negative)
    {
        for (int j = 0; j < features; j++)
        {
            sums[j] /= positive;
            sums[features + j] /= negative;
        }
    }
}
