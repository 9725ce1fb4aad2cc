// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>One solution on the way to the right levels.</summary>
/// <param name="Solution">What the solver found.</param>
/// <param name="Levels">At which levels.</param>
/// <param name="Shortfall">How far its rates are from what was asked.</param>
/// <param name="IsFine">Whether it was solved to the tolerance that was asked for.</param>
internal sealed record Candidate(ConstrainedSolution Solution, double[] Levels, double Shortfall, bool IsFine)
{
    /// <summary>Whether a model can be made of it.</summary>
    public bool IsFinite => Array.TrueForAll(Solution.Weights, weight => float.IsFinite((float)weight)) && float.IsFinite((float)Solution.Bias);

    /// <summary>Why it ended; a coarse solve, taken for want of a better one, has not converged.</summary>
    public SaddleStatus Status => Solution.Status == SaddleStatus.Converged && !IsFine ? SaddleStatus.Budget : Solution.Status;
}
