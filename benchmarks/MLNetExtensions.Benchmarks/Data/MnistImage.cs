// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>One image as a row.</summary>
public sealed class MnistImage
{
    /// <summary>784 values in [0, 1].</summary>
    [VectorType(MnistImages.Size)]
    public float[] Pixels { get; set; } = [];
}
