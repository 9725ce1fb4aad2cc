// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Scores of a model in single precision, computed in double precision.</summary>
internal static class LinearScores
{
    // Of what is added up, in any order; more than rounding usually takes, less than it could at worst.
    private const double Rounding = 1e-6;

    /// <summary>Scores rows.</summary>
    /// <param name="rows">The rows.</param>
    /// <param name="weights">One for each feature.</param>
    /// <param name="bias">The bias.</param>
    /// <param name="rounding">How far scores that are computed in single precision may be from these.</param>
    public static double[] Of(TrainingRows rows, float[] weights, float bias, out double rounding)
    {
        double[] scores = new double[rows.Count];
        double largest = 0;
        for (int i = 0; i < scores.Length; i++)
        {
            var row = rows[i];
            double sum = bias, size = Math.Abs(bias);
            for (int k = 0; k < row.Values.Length; k++)
            {
                double product = (double)row.Values[k] * weights[row.IsDense ? k : row.Indices[k]];
                sum += product;
                size += Math.Abs(product);
            }
            scores[i] = sum;
            largest = Math.Max(largest, size);
        }
        rounding = Rounding * largest;
        return scores;
    }
}
