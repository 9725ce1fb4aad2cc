// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>How a constrained training went.</summary>
/// <param name="Status">
/// Why it ended. <see cref="SaddleStatus.Budget"/> where, without that, no levels were found at which the rates are what was asked: then the bias was moved for that by more rows than
/// the options' <see cref="ConstrainedLogisticRegressionOptions.RateTolerance"/>, or the solve was a coarse one. <see cref="SaddleStatus.NonFinite"/> where weights on the way there were beyond single precision: normalise the features, or raise the penalty. <see cref="SaddleStatus.InfeasibleSuspected"/> where constraints are not met since their levels exclude each other.
/// </param>
/// <param name="Constraints">What became of each constraint, in the options' order.</param>
/// <param name="Groups">How the groups fare; empty where there are none.</param>
/// <param name="Objective">The objective of the model, penalty included.</param>
/// <param name="Residual">The relative residual of the Karush-Kuhn-Tucker conditions at the solution that the model was made of, before its bias was moved.</param>
/// <param name="BiasShift">What was added to the solution's bias so that rates, which are steps, are what was asked in single precision too; mostly 0 or tiny.</param>
/// <param name="Solves">How many problems were solved to find the levels.</param>
/// <param name="Iterations">Steps of all solves.</param>
/// <param name="Passes">Passes over the training rows of all solves, together; reading the rows before the first and scoring them after the last are not counted.</param>
/// <param name="Rows">Rows that were trained on.</param>
/// <param name="HeldOutRows">Rows that were held out.</param>
public sealed record ConstrainedSummary(
    SaddleStatus Status, IReadOnlyList<ConstraintOutcome> Constraints, IReadOnlyList<GroupOutcome> Groups, double Objective, double Residual,
    double BiasShift, int Solves, int Iterations, int Passes, int Rows, int HeldOutRows)
{
    /// <summary>Whether the training rows keep to all constraints.</summary>
    public bool IsMet => Constraints.All(constraint => constraint.IsMet);
}
