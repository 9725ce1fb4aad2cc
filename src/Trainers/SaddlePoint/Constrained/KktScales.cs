// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// What gradients and values are measured against, from the rows at zero weights: a diagonal metric (the curvature along each weight once the bias has adapted, penalty included), in whose
/// dual norm gradients are the same however features are scaled; the norm of each block's gradient; the size of each constraint and of the objective.
/// </summary>
internal sealed class KktScales
{
    // Less curvature than this, over that of the feature before its mean is taken off, is rounding.
    private const double Rounding = 1e-13;

    /// <summary>Reads the rows once.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="passes">Its rows.</param>
    /// <param name="losses">Losses at zero scores.</param>
    /// <param name="gradients">Set to the gradients there: the objective's, then each constraint's on losses.</param>
    public KktScales(ConstrainedProblem problem, RowPasses passes, LossBlocks losses, BlockGradients gradients)
    {
        int lossCount = problem.LossConstraints.Count;
        double[] weights = [.. problem.ObjectiveWeights];
        foreach (var constraint in problem.LossConstraints)
        {
            for (int i = 0; i < constraint.Rows.Length; i++)
            {
                weights[constraint.Rows[i]] += constraint.Weights[i];
            }
        }
        double[] first = new double[passes.Features], second = new double[passes.Features];
        gradients.UpdateAll(losses, passes, weights, first, second);
        double total = TensorPrimitives.Sum<double>(weights);
        Mean = first;
        TensorPrimitives.Divide(first, total > 0 ? total : 1, Mean);
        Metric = new double[passes.Features];
        for (int j = 0; j < Metric.Length; j++)
        {
            double centred = second[j] - (total * Mean[j] * Mean[j]);
            Metric[j] = (Math.Max(centred, Rounding * second[j]) / 4) + problem.L2;
        }
        double largest = Math.Max(TensorPrimitives.Max<double>(Metric), double.Epsilon);
        for (int j = 0; j < Metric.Length; j++)
        {
            // A feature that is always zero, where nothing is penalised: its weight stays zero, and must not divide by zero.
            Metric[j] = Metric[j] > 0 ? Metric[j] : largest;
        }
        BiasMetric = total > 0 ? total / 4 : 1;
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

    /// <summary>The curvature along each weight.</summary>
    public double[] Metric { get; }

    /// <summary>The curvature along the bias.</summary>
    public double BiasMetric { get; }

    /// <summary>The mean of each feature.</summary>
    public double[] Mean { get; }

    /// <summary>The dual norm of the objective's gradient at zero weights, then of each constraint's.</summary>
    public double[] GradientNorms { get; }

    /// <summary>Each constraint's loss at zero weights; of one on weights, the norm of its vector.</summary>
    public double[] Sizes { get; }

    /// <summary>The objective at zero weights.</summary>
    public double Objective { get; }

    /// <summary>The length of a gradient.</summary>
    public double DualNorm(ReadOnlySpan<double> weights, double bias)
    {
        double sum = bias * bias / BiasMetric;
        for (int j = 0; j < weights.Length; j++)
        {
            sum += weights[j] * weights[j] / Metric[j];
        }
        return Math.Sqrt(sum);
    }

    /// <summary>The length of a point.</summary>
    public double Norm(ReadOnlySpan<double> weights, double bias)
    {
        double sum = bias * bias * BiasMetric;
        for (int j = 0; j < weights.Length; j++)
        {
            sum += weights[j] * weights[j] * Metric[j];
        }
        return Math.Sqrt(sum);
    }
}
