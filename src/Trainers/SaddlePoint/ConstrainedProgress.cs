// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Where a constrained training stands; reported once an iteration and after each solve.</summary>
/// <param name="Solve">Problems solved so far, each at other levels of the surrogates.</param>
/// <param name="Passes">Passes over the training rows so far.</param>
/// <param name="Residual">The relative residual that the present solve came to.</param>
/// <param name="Achieved">The rate of each constraint on the training rows as of the last solve, in the options' order; NaN before.</param>
public sealed record ConstrainedProgress(int Solve, int Passes, double Residual, IReadOnlyList<double> Achieved);
