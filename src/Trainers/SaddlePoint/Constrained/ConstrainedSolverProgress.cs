// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>How far a solve of a constrained problem is.</summary>
/// <param name="Iteration">Iterations of this solve.</param>
/// <param name="Passes">Passes over the rows of this solve.</param>
/// <param name="Residual">The relative residual.</param>
/// <param name="Violation">The largest constraint's value above zero.</param>
internal readonly record struct ConstrainedSolverProgress(int Iteration, int Passes, double Residual, double Violation);
