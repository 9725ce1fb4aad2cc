// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>How far a solver is.</summary>
/// <param name="Iteration">Steps taken.</param>
/// <param name="Bundles">Work done.</param>
/// <param name="RelativeResidual">The norm of F over that at the start.</param>
public readonly record struct SaddleProgress(int Iteration, long Bundles, double RelativeResidual);
