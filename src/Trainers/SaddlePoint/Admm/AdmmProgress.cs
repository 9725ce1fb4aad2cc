// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>How far the solver is.</summary>
/// <param name="Iteration">Steps taken.</param>
/// <param name="PrimalResidual">The largest violation of <c>Ax = z</c>, z between the bounds.</param>
/// <param name="DualResidual">The largest component of <c>Px + q + A'y</c>.</param>
/// <param name="Rho">ρ.</param>
public readonly record struct AdmmProgress(int Iteration, double PrimalResidual, double DualResidual, double Rho);
