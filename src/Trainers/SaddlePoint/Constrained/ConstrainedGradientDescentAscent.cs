// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// The plain method for the same problems, to compare with: a step down the Lagrangian's gradient in weights, bias and worst loss, one up in multipliers, which stay at least 0. Steps are
/// in units of the curvature at zero weights, so that one number does for all features; an iteration reads the rows twice; the residual is that of <see cref="ConstrainedSolver"/>.
/// </summary>
internal static class ConstrainedGradientDescentAscent
{
    /// <summary>Begins at zero.</summary>
    /// <param name="problem">The problem.</param>
    /// <param name="levels">What each constraint's value may be at most.</param>
    /// <param name="step">The step in weights, over the curvature along each; about 1 over the largest eigenvalue of the features' correlations is the most that is stable.</param>
    /// <param name="dualStep">The step in multipliers, for values and multipliers measured against losses at zero weights.</param>
    /// <param name="relativeTolerance">The residual at which a point counts as a solution.</param>
    /// <param name="maxPasses">The passes after which no further iteration is begun.</param>
    /// <param name="threads">How many threads work.</param>
    public static ConstrainedSolution Solve(ConstrainedProblem problem, ReadOnlySpan<double> levels, double step, double relativeTolerance, int maxPasses, int threads = 1, double? dualStep = null)
    {
        using var team = new ThreadTeam(threads);
        int losses = problem.LossConstraints.Count;
        var passes = new RowPasses(problem.Rows, team, losses + 1);
        var blocks = new LossBlocks(problem, team);
        var gradients = new BlockGradients(losses, passes.Features, passes.Rows);
        var point = new ConstrainedPoint(passes.Features, passes.Rows, levels.Length);
        levels.CopyTo(point.Levels);
        double[] lagrangian = new double[passes.Features];
        bool[] all = new bool[losses];
        Array.Fill(all, true);
        blocks.Evaluate(point.Scores);
        var scales = new KktScales(problem, passes, blocks, gradients);
        for (int iteration = 0; ; iteration++)
        {
            point.SetValues(problem, blocks);
            gradients.Update(blocks, passes, all);
            var residual = KktResidual.Of(problem, point, scales, gradients, lagrangian, out double biasSlope);
            SaddleStatus? status = !double.IsFinite(residual.Value) ? SaddleStatus.NonFinite
                : residual.Value <= relativeTolerance ? SaddleStatus.Converged
                : passes.Count >= maxPasses ? SaddleStatus.Budget : null;
            if (status is { } reason)
            {
                double objective = blocks.Objective + (problem.L2 / 2 * TensorPrimitives.SumOfSquares<double>(point.Weights)) + point.Worst;
                return new ConstrainedSolution(
                    reason, point.Weights, point.Bias, point.Worst, point.Multipliers, point.Values, objective, residual.Value, iteration, passes.Count);
            }
            Move(problem, point, scales, lagrangian, biasSlope, step, dualStep ?? step);
            passes.Multiply([point.Weights], [point.Scores]);
            TensorPrimitives.Add(point.Scores, point.Bias, point.Scores);
            blocks.Evaluate(point.Scores);
            gradients.Forget();
        }
    }

    private static void Move(ConstrainedProblem problem, ConstrainedPoint point, KktScales scales, double[] lagrangian, double biasSlope, double step, double dualStep)
    {
        double worstSlope = 1;
        for (int k = 0; k < problem.LossConstraints.Count; k++)
        {
            worstSlope -= problem.LossConstraints[k].IsBelowWorst ? point.Multipliers[k] : 0;
        }
        TensorPrimitives.Divide(lagrangian, scales.Curvature.Diagonal, lagrangian);
        TensorPrimitives.MultiplyAdd(lagrangian, -step, point.Weights, point.Weights);
        point.Bias -= step * biasSlope / scales.Curvature.Bias;
        point.Worst -= problem.MinimizesWorst ? step * worstSlope * scales.Objective : 0;
        for (int k = 0; k < point.Multipliers.Length; k++)
        {
            double ascent = dualStep * scales.Objective / (scales.Sizes[k] * scales.Sizes[k]) * point.Values[k];
            point.Multipliers[k] = Math.Max(0, point.Multipliers[k] + ascent);
        }
    }
}
