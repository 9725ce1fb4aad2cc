// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>Where a solve begins.</summary>
/// <param name="Weights">w.</param>
/// <param name="Bias">b.</param>
/// <param name="Worst">t.</param>
/// <param name="Multipliers">λ.</param>
internal sealed record ConstrainedStart(double[] Weights, double Bias, double Worst, double[] Multipliers);
