// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>How a constrained training went.</summary>
/// <param name="Status">Why its last solve ended.</param>
/// <param name="Constraints">What became of each constraint, in the options' order.</param>
/// <param name="Groups">How the groups fare; empty where there are none.</param>
/// <param name="Objective">The objective at the solution, penalty included.</param>
/// <param name="Residual">The relative residual of the Karush-Kuhn-Tucker conditions there.</param>
/// <param name="BiasShift">What was added to the solution's bias so that rates, which are steps, are what was asked in single precision too; mostly 0 or tiny.</param>
/// <param name="Solves">How many problems were solved to find the levels.</param>
/// <param name="Iterations">Steps of all solves.</param>
/// <param name="Passes">Passes over the training rows, all together.</param>
/// <param name="Rows">Rows that were trained on.</param>
/// <param name="HeldOutRows">Rows that were held out.</param>
public sealed record ConstrainedSummary(
    SaddleStatus Status, IReadOnlyList<ConstraintOutcome> Constraints, IReadOnlyList<GroupOutcome> Groups, double Objective, double Residual,
    double BiasShift, int Solves, int Iterations, int Passes, int Rows, int HeldOutRows)
{
    /// <summary>Whether the training rows keep to all constraints.</summary>
    public bool IsMet => Constraints.All(constraint => constraint.IsMet);
}
