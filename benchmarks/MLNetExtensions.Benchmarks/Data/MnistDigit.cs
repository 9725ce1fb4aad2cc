// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>One image and the digit that it shows, as a row.</summary>
public sealed class MnistDigit
{
    /// <summary>784 values in [0, 1].</summary>
    [VectorType(MnistImages.Size)]
    public float[] Features { get; set; } = [];

    /// <summary>The digit.</summary>
    public uint Digit { get; set; }
}
