// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

/// <summary>Weighted logistic regression by Newton's method on all weights: what solvers are compared with.</summary>
internal static class LogisticNewton
{
    /// <summary>Minimises <c>sum_i a_i log(1 + exp(-y_i s_i)) + ρ/2 ‖w‖²</c>; the bias comes last.</summary>
    public static double[] Solve(TrainingRows rows, double[] rowWeights, double l2)
    {
        int features = rows.Features;
        var x = Matrix<double>.Build.Dense((int)rows.Count, features + 1, 1);
        float[] values = new float[features];
        for (int i = 0; i < x.RowCount; i++)
        {
            rows.CopyFeatures(i, values);
            for (int j = 0; j < features; j++)
            {
                x[i, j] = values[j];
            }
        }
        var penalty = Matrix<double>.Build.DenseDiagonal(features + 1, features + 1, l2);
        penalty[features, features] = 0;
        var at = Vector<double>.Build.Dense(features + 1);
        double value = Value(at);
        for (int iteration = 0; iteration < 100; iteration++)
        {
            var scores = x * at;
            var slopes = scores.MapIndexed((i, s) => -rowWeights[i] * Sign(i) / (1 + Math.Exp(Sign(i) * s)));
            var curvatures = scores.MapIndexed((i, s) => rowWeights[i] / (2 + Math.Exp(s) + Math.Exp(-s)));
            var gradient = x.TransposeThisAndMultiply(slopes) + (penalty * at);
            var hessian = x.TransposeThisAndMultiply(Matrix<double>.Build.DenseOfDiagonalVector(curvatures) * x) + penalty;
            var step = hessian.Cholesky().Solve(gradient);
            double length = 1;
            while (length > 1e-10 && !(Value(at - (length * step)) <= value + 1e-14))
            {
                length /= 2;
            }
            at -= length * step;
            value = Value(at);
            if (gradient * step < 1e-26)
            {
                break;
            }
        }
        return [.. at];

        double Sign(int i) => rows.Labels[i] > 0 ? 1 : -1;

        double Value(Vector<double> point)
        {
            var scores = x * point;
            double sum = 0.5 * (point * (penalty * point));
            for (int i = 0; i < scores.Count; i++)
            {
                sum += rowWeights[i] * Math.Log(1 + Math.Exp(-Sign(i) * scores[i]));
            }
            return sum;
        }
    }
}
