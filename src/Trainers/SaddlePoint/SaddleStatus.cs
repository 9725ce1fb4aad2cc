// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Why an iterative method ended.</summary>
public enum SaddleStatus
{
    /// <summary>The residual, computed anew, is within the tolerance, or no longer falls and is as small as rounding lets it be. A zero of the field is a saddle point where f is convex in x and concave in y.</summary>
    Converged,

    /// <summary>The budget of work is used up.</summary>
    Budget,

    /// <summary>To all appearance there is no solution; the certificate says why.</summary>
    InfeasibleSuspected,

    /// <summary>A value became NaN or infinite.</summary>
    NonFinite,

    /// <summary>The token was cancelled.</summary>
    Cancelled,
}
