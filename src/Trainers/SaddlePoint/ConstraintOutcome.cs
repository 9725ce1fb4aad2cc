// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>What became of one constraint.</summary>
/// <param name="Constraint">What was asked.</param>
/// <param name="IsMet">Whether the training rows keep to it: their rate, or the surrogate where the level was stated.</param>
/// <param name="Achieved">The rate, difference or loss of the training rows; of group losses the largest.</param>
/// <param name="Reachable">Where it is not met: the best that this model reaches by its bias alone while it keeps to all other constraints; NaN where that can't be told.</param>
/// <param name="HeldOut">That of the rows held out; NaN where there are none to measure it on; a difference counts groups that training did not see, too.</param>
/// <param name="Surrogates">Its surrogates, with levels and multipliers.</param>
public sealed record ConstraintOutcome(Constraint Constraint, bool IsMet, double Achieved, double Reachable, double HeldOut, IReadOnlyList<SurrogateOutcome> Surrogates);
