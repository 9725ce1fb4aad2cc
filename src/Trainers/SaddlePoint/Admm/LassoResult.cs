// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>What the lasso's solver found.</summary>
/// <param name="Status">Why it ended.</param>
/// <param name="Coefficients">x; zeros are exact.</param>
/// <param name="Objective">The objective at x.</param>
/// <param name="DualityGap">How much less the least objective is at most.</param>
/// <param name="Iterations">Steps taken, those that acceleration tried in vain among them.</param>
/// <param name="Rejected">Steps that acceleration tried in vain.</param>
public sealed record LassoResult(SaddleStatus Status, IReadOnlyList<double> Coefficients, double Objective, double DualityGap, int Iterations, int Rejected);
