// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// Why constraints can't be met: a weighted mean of their values is positive at the point and, being convex, falls no faster than its slope there says; so any point that meets all
/// of them lies farther away than <see cref="Distance"/>.
/// </summary>
/// <param name="Shares">The weights of the mean, one for each constraint; their sum is 1.</param>
/// <param name="Value">The mean's value at the point, each constraint's measured as in <see cref="KktResidual.Violation"/>.</param>
/// <param name="Slope">The dual norm of its gradient.</param>
/// <param name="Distance">Value over slope, in units of the norm of the point or of scores of 2, whichever is more.</param>
internal sealed record InfeasibleLevels(double[] Shares, double Value, double Slope, double Distance)
{
    // So far away, weights are of no use to anybody even where they exist.
    private const double Far = 1e3;

    /// <summary>Looks at the mean that the multipliers are, once it is larger than a tolerance.</summary>
    public static InfeasibleLevels? Find(ConstrainedProblem problem, ConstrainedPoint point, KktScales scales, BlockGradients gradients, double tolerance, double[] work)
    {
        double[] shares = new double[point.Multipliers.Length];
        double total = 0, value = 0, bias = 0;
        Array.Clear(work);
        for (int k = 0; k < shares.Length; k++)
        {
            double multiplier = point.Multipliers[k];
            if (multiplier == 0 || (k < problem.LossConstraints.Count && problem.LossConstraints[k].IsBelowWorst))
            {
                // The worst loss can always be raised.
                continue;
            }
            shares[k] = multiplier * scales.Sizes[k];
            total += shares[k];
            value += multiplier * point.Values[k];
            if (k < problem.LossConstraints.Count)
            {
                TensorPrimitives.MultiplyAdd(gradients.Weights[k + 1], multiplier, work, work);
                bias += multiplier * gradients.Biases[k + 1];
            }
            else
            {
                var linear = problem.LinearConstraints[k - problem.LossConstraints.Count];
                TensorPrimitives.MultiplyAdd(linear.Vector, multiplier, work, work);
                bias += multiplier * linear.BiasFactor;
            }
        }
        if (!(value > tolerance * total))
        {
            return null;
        }
        double slope = scales.DualNorm(work, bias), unit = scales.Norm(point.Weights, point.Bias) + (2 * Math.Sqrt(scales.Curvature.Bias)), distance = value / slope / unit;
        if (!(distance > Far))
        {
            return null;
        }
        TensorPrimitives.Divide(shares, total, shares);
        return new InfeasibleLevels(shares, value / total, slope / total, distance);
    }
}
