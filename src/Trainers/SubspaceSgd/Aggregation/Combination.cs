// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>What combining the workers' gradients of one step came to; the same on all ranks.</summary>
/// <param name="IsFinite">Whether every gradient held numbers only; where not, the update is zero and nothing was remembered.</param>
/// <param name="FellBack">Whether the mean took the place of what the aggregator chose, in the whole model or in one tensor.</param>
/// <param name="MeanNorm">The norm of the mean of the gradients.</param>
/// <param name="UpdateNorm">The norm of the update.</param>
/// <param name="Agreement">The squared norm of the mean over the mean of the squared norms, in [0, 1]; 0 where all gradients are zero.</param>
internal readonly record struct Combination(bool IsFinite, bool FellBack, double MeanNorm, double UpdateNorm, double Agreement);
