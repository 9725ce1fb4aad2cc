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
    /// <param name="cancel">Ends it with <see cref="OperationCanceledException"/>.</param>
    public static double[] Of(TrainingRows rows, float[] weights, float bias, out RowRounding rounding, CancellationToken cancel)
    {
        double[] scores = new double[rows.Count], sizes = new double[rows.Count];
        for (int i = 0; i < scores.Length; i++)
        {
            if (i % BiasPlacement.CancelEvery == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
            var row = rows[i];
            double sum = bias, size = Math.Abs(bias);
            for (int k = 0; k < row.Values.Length; k++)
            {
                double product = (double)row.Values[k] * weights[row.IsDense ? k : row.Indices[k]];
                sum += product;
                size += Math.Abs(product);
            }
            scores[i] = sum;
            sizes[i] = Rounding * size;
        }
        rounding = new RowRounding(sizes);
        return scores;
    }
}
