// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Where a training ended, in double precision.</summary>
/// <param name="Weights">w.</param>
/// <param name="Bias">b of the solution, before it was moved.</param>
/// <param name="Worst">t.</param>
/// <param name="Multipliers">One for each surrogate.</param>
/// <param name="Levels">Their levels.</param>
/// <param name="Surrogates">The surrogates' names: multipliers mean the same for a later training only where it has the same ones.</param>
/// <param name="Constraints">What was asked: levels are right only where it is asked again.</param>
/// <param name="Objective">What was minimised: multipliers are in its units.</param>
internal sealed record ConstrainedState(
    double[] Weights, double Bias, double Worst, double[] Multipliers, double[] Levels, string[] Surrogates, IReadOnlyList<Constraint> Constraints, ConstrainedObjective Objective);
