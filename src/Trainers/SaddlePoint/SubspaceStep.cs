// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>How a step within the span of the directions is chosen.</summary>
public enum SubspaceStep
{
    /// <summary>The step after which the linearised field is shortest. It cannot lengthen the field of an affine problem, and cannot break down.</summary>
    MinimumResidual,

    /// <summary>The saddle point of the problem restricted to the span, as the paper has it. Nothing decreases by design: it can fail where the curvature is weak.</summary>
    Galerkin,

    /// <summary>Galerkin's step where it shortens the field, else the one of minimum residual.</summary>
    Hybrid,
}
