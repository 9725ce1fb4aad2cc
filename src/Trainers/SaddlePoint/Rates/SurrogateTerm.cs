// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>One smooth function that must keep to a level: a loss or, where that is null, something linear in the weights.</summary>
/// <param name="Name">What it is, in words.</param>
/// <param name="Loss">The loss.</param>
/// <param name="Linear">The linear function.</param>
internal sealed record SurrogateTerm(string Name, LossConstraint? Loss, LinearConstraint? Linear = null);
