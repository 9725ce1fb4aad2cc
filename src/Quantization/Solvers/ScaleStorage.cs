// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The type in which scales and offsets are stored. Codes are rounded again after a scale was rounded to it.</summary>
public enum ScaleStorage
{
    /// <summary>32-bit floating point.</summary>
    SinglePrecision,

    /// <summary>16-bit floating point.</summary>
    HalfPrecision,
}
