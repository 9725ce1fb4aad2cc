// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Training;

/// <summary>The best linear model of one output, by Newton's method in double precision: what training should come to.</summary>
internal static class LinearOptimum
{
    /// <summary>Weights, then the bias, that minimise the weighted mean loss plus half of l2 times the squared weights.</summary>
    public static Vector<double> Of(SyntheticRows rows, double l2)
    {
        int features = rows.Features.GetLength(1), size = features + 1;
        var x = Matrix<double>.Build.Dense(rows.Count, size, (i, j) => j < features ? rows.Features[i, j] : 1);
        double total = Enumerable.Range(0, rows.Count).Sum(rows.Weight);
        var theta = Vector<double>.Build.Dense(size);
        for (int iteration = 0; iteration < 50; iteration++)
        {
            var scores = x * theta;
            var slope = Vector<double>.Build.Dense(rows.Count, i => rows.Weight(i) / total * (Mean(rows.Task, scores[i]) - rows.Labels[i]));
            var curve = Vector<double>.Build.Dense(rows.Count, i => rows.Weight(i) / total * Variance(rows.Task, scores[i]));
            var gradient = x.TransposeThisAndMultiply(slope);
            var hessian = x.TransposeThisAndMultiply(Matrix<double>.Build.Dense(rows.Count, size, (i, j) => curve[i] * x[i, j]));
            for (int j = 0; j < features; j++)
            {
                gradient[j] += l2 * theta[j];
                hessian[j, j] += l2;
            }
            theta -= hessian.Solve(gradient);
        }
        return theta;
    }

    private static double Mean(TrainingTask task, double score) => task == TrainingTask.Regression ? score : 1 / (1 + Math.Exp(-score));

    private static double Variance(TrainingTask task, double score) => task == TrainingTask.Regression ? 1 : Mean(task, score) * (1 - Mean(task, score));
}
