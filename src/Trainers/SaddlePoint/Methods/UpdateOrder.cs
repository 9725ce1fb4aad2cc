// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>When y sees what x did.</summary>
public enum UpdateOrder
{
    /// <summary>x and y move by the gradients at the same point.</summary>
    Simultaneous,

    /// <summary>x moves first, and y by the gradient at the new x.</summary>
    Alternating,
}
