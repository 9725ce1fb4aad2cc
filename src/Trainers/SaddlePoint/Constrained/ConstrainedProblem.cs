// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>
/// <c>min over w, b (and t) of sum_i a_i log(1 + exp(-y_i s_i)) [+ t] + ρ/2 ‖w‖²</c> subject to constraints, with <c>s_i = x_i'w + b</c> and <c>y_i = 1</c> or -1 as the label is 1 or 0.
/// Levels of constraints are given when it is solved; there come first those of <see cref="LossConstraints"/>, then those of <see cref="LinearConstraints"/>.
/// </summary>
/// <param name="Rows">Features and labels; their weights are in the a_i already.</param>
/// <param name="ObjectiveWeights">a_i of the objective, one for each row; all zero where only the worst loss is minimised.</param>
/// <param name="L2">ρ; the bias is not penalised.</param>
/// <param name="MinimizesWorst">Whether t is a variable and part of the objective.</param>
/// <param name="LossConstraints">Constraints on losses.</param>
/// <param name="LinearConstraints">Constraints on the weights.</param>
internal sealed record ConstrainedProblem(
    TrainingRows Rows, double[] ObjectiveWeights, double L2, bool MinimizesWorst,
    IReadOnlyList<LossConstraint> LossConstraints, IReadOnlyList<LinearConstraint> LinearConstraints);
