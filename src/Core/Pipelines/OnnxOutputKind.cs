// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Pipelines;

/// <summary>What column an output of a model becomes.</summary>
public enum OnnxOutputKind
{
    /// <summary>A vector with the output's elements, whatever its shape.</summary>
    Tensor,

    /// <summary>One number: the score or probability of a row.</summary>
    Scalar,

    /// <summary>True or false, from a boolean or integer output with one element.</summary>
    Boolean,

    /// <summary>A key with class values, from an integer output with one element: the class's index, from 0.</summary>
    Key,
}
