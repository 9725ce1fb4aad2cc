// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>How far a point is from meeting the conditions of Karush, Kuhn and Tucker, each measured against the problem at zero weights.</summary>
/// <param name="Stationarity">The gradient of the Lagrangian, over the sum of the objective's and each constraint's (times its multiplier) at zero weights, in the dual norm of <see cref="KktScales"/>.</param>
/// <param name="Violation">The largest constraint's value above zero, over its loss at zero weights.</param>
/// <param name="Complementarity">The sum of multipliers times the values that are below zero, over the objective at zero weights.</param>
internal readonly record struct KktResidual(double Stationarity, double Violation, double Complementarity)
{
    /// <summary>The largest of the three; NaN where one is.</summary>
    public double Value => Math.Max(Stationarity, Math.Max(Violation, Complementarity));

    /// <summary>At a point whose values and gradients are known; also sets the Lagrangian's gradient, by weights and by bias.</summary>
    public static KktResidual Of(ConstrainedProblem problem, ConstrainedPoint point, KktScales scales, BlockGradients gradients, double[] lagrangian, out double bias)
    {
        double worst = problem.MinimizesWorst ? 1 : 0, scale = scales.GradientNorms[0], violation = 0, slack = 0;
        bias = gradients.Biases[0];
        TensorPrimitives.MultiplyAdd(point.Weights, problem.L2, gradients.Weights[0], lagrangian);
        for (int k = 0; k < point.Multipliers.Length; k++)
        {
            double multiplier = point.Multipliers[k], value = point.Values[k];
            violation = Math.Max(violation, value / scales.Sizes[k]);
            if (multiplier == 0)
            {
                continue;
            }
            slack += multiplier * Math.Max(-value, 0);
            scale += multiplier * scales.GradientNorms[k + 1];
            if (k < problem.LossConstraints.Count)
            {
                TensorPrimitives.MultiplyAdd(gradients.Weights[k + 1], multiplier, lagrangian, lagrangian);
                bias += multiplier * gradients.Biases[k + 1];
                worst -= problem.LossConstraints[k].IsBelowWorst ? multiplier : 0;
            }
            else
            {
                var linear = problem.LinearConstraints[k - problem.LossConstraints.Count];
                TensorPrimitives.MultiplyAdd(linear.Vector, multiplier, lagrangian, lagrangian);
                bias += multiplier * linear.BiasFactor;
            }
        }
        double stationarity = scales.DualNorm(lagrangian, bias) / (scale > 0 ? scale : 1);
        return new KktResidual(Math.Max(stationarity, Math.Abs(worst)), violation, slack / scales.Objective);
    }
}
