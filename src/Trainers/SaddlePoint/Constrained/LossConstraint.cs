// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>The constraint <c>sum_i a_i log(1 + exp(-y_i s_i)) - level &lt;= 0</c>, or <c>&lt;= t</c> where t is the worst loss that is minimised.</summary>
/// <param name="Rows">The rows i with a weight other than 0, ascending.</param>
/// <param name="Weights">Their a_i, positive.</param>
/// <param name="IsBelowWorst">Whether t is subtracted.</param>
internal sealed record LossConstraint(int[] Rows, double[] Weights, bool IsBelowWorst = false);
