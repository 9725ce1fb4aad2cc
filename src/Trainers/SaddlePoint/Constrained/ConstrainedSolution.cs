// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>What one solve at given levels came to.</summary>
/// <param name="Status">Why it ended.</param>
/// <param name="Weights">w.</param>
/// <param name="Bias">b.</param>
/// <param name="Worst">t; 0 where it is no variable.</param>
/// <param name="Multipliers">One for each constraint, not negative.</param>
/// <param name="Values">Each constraint's value, level subtracted: met where at most 0.</param>
/// <param name="Objective">The objective's value, penalty included.</param>
/// <param name="Residual">The relative residual of the Karush-Kuhn-Tucker conditions.</param>
/// <param name="Iterations">Outer iterations of this solve.</param>
/// <param name="Passes">Passes over the rows of this solve.</param>
/// <param name="Infeasible">Why the levels can't be met, where that is suspected.</param>
internal sealed record ConstrainedSolution(
    SaddleStatus Status, double[] Weights, double Bias, double Worst, double[] Multipliers, double[] Values,
    double Objective, double Residual, int Iterations, int Passes, InfeasibleLevels? Infeasible = null);
