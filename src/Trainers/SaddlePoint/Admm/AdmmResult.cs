// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>What the solver found.</summary>
/// <param name="Status">Why it ended.</param>
/// <param name="Primal">x.</param>
/// <param name="Dual">y, the multipliers of rows: positive at upper bounds, negative at lower ones.</param>
/// <param name="Objective">The objective at x.</param>
/// <param name="PrimalResidual">The largest violation of a row's bounds, as the distance of Ax from z, which keeps them.</param>
/// <param name="DualResidual">The largest component of <c>Px + q + A'y</c>.</param>
/// <param name="DualityGap">The distance between the primal and the dual objective.</param>
/// <param name="Iterations">Steps taken, those that acceleration tried in vain among them.</param>
/// <param name="Rejected">Steps that acceleration tried in vain.</param>
/// <param name="RhoUpdates">How often ρ was changed, each time with a new factorisation.</param>
/// <param name="Rho">ρ at the end.</param>
/// <param name="Certificate">What shows that there is no solution, where <see cref="SaddleStatus.InfeasibleSuspected"/> says so.</param>
public sealed record AdmmResult(
    SaddleStatus Status, IReadOnlyList<double> Primal, IReadOnlyList<double> Dual, double Objective, double PrimalResidual, double DualResidual, double DualityGap,
    int Iterations, int Rejected, int RhoUpdates, double Rho, ProgramCertificate? Certificate);
