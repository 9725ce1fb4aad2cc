// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>What a solver found.</summary>
/// <param name="Status">Why it ended.</param>
/// <param name="Primal">x.</param>
/// <param name="Dual">y.</param>
/// <param name="Residual">The norm of F at the point.</param>
/// <param name="RelativeResidual">The residual over that at the start; 0 where the start was a solution.</param>
/// <param name="Iterations">Steps taken.</param>
/// <param name="Bundles">Work done, that of checking included.</param>
/// <param name="Certificate">What shows that there is no solution, where that is suspected.</param>
/// <param name="State">Where to go on from.</param>
public sealed record SaddleResult(
    SaddleStatus Status, IReadOnlyList<double> Primal, IReadOnlyList<double> Dual, double Residual, double RelativeResidual,
    int Iterations, long Bundles, InfeasibilityCertificate? Certificate, SaddleState State);
