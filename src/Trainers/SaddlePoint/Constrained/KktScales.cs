// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// What gradients and values are measured against, from the rows at zero weights: the diagonal curvature, in whose dual norm gradients are the same however features are scaled and moved; the norm of each block's gradient; the size of each constraint and of the objective.
/// </summary>
internal sealed class KktScales
{
    /// <summary>Reads the rows once.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="passes">Its rows.</param>
    /// <param name="losses">Losses at zero scores.</param>
    /// <param name="gradients">Set to the gradients there: the objective's, then each constraint's on losses.</param>
    public KktScales(ConstrainedProblem problem, RowPasses passes, LossBlocks losses, BlockGradients gradients)
    {
        int lossCount = problem.LossConstraints.Count;
        double[] ones = new double[lossCount], weights = new double[passes.Rows], first = new double[passes.Features], second = new double[passes.Features];
        Array.Fill(ones, 1);
        losses.CopyCurvatures(ones, weights);
        bool[] all = new bool[lossCount];
        Array.Fill(all, true);
        gradients.Update(losses, passes, all, weights, first, second);
        Curvature = new Curvature(passes.Features, problem.L2);
        Curvature.SetDiagonal(TensorPrimitives.Sum<double>(weights), first, second);
        GradientNorms = new double[1 + lossCount + problem.LinearConstraints.Count];
        Sizes = new double[lossCount + problem.LinearConstraints.Count];
        Objective = losses.Objective;
        for (int k = 0; k <= lossCount; k++)
        {
            GradientNorms[k] = DualNorm(gradients.Weights[k], gradients.Biases[k]);
        }
        for (int k = 0; k < Sizes.Length; k++)
        {
            if (k < lossCount)
            {
                Sizes[k] = losses.Values[k];
                Objective = problem.MinimizesWorst && problem.LossConstraints[k].IsBelowWorst ? Math.Max(Objective, Sizes[k]) : Objective;
            }
            else
            {
                var linear = problem.LinearConstraints[k - lossCount];
                Sizes[k] = GradientNorms[k + 1] = DualNorm(linear.Vector, linear.BiasFactor);
            }
            Sizes[k] = Sizes[k] > 0 ? Sizes[k] : 1;
        }
        Objective = Objective > 0 ? Objective : 1;
    }

    /// <summary>The curvature of the objective plus all constraints, at zero weights.</summary>
    public Curvature Curvature { get; }

    /// <summary>The dual norm of the objective's gradient at zero weights, then of each constraint's.</summary>
    public double[] GradientNorms { get; }

    /// <summary>Each constraint's loss at zero weights; of one on weights, the norm of its vector.</summary>
    public double[] Sizes { get; }

    /// <summary>The objective at zero weights.</summary>
    public double Objective { get; }

    /// <summary>The length of a gradient; what weights do as the bias would is left to the bias, so that moving features, too, changes nothing.</summary>
    public double DualNorm(ReadOnlySpan<double> weights, double bias)
    {
        double sum = bias * bias / Curvature.Bias;
        for (int j = 0; j < weights.Length; j++)
        {
            double own = weights[j] - (bias * Curvature.Mean[j]);
            sum += own * own / Curvature.Diagonal[j];
        }
        return Math.Sqrt(sum);
    }

    /// <summary>The length of a point.</summary>
    public double Norm(ReadOnlySpan<double> weights, double bias)
    {
        double sum = 0;
        for (int j = 0; j < weights.Length; j++)
        {
            bias += weights[j] * Curvature.Mean[j];
            sum += weights[j] * weights[j] * Curvature.Diagonal[j];
        }
        return Math.Sqrt(sum + (bias * bias * Curvature.Bias));
    }
}
