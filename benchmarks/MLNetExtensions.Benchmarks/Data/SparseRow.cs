// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Benchmarks.Data;

/// <summary>A person of a9a as a row of a data view.</summary>
internal sealed class SparseRow
{
    /// <summary>Which of the 123 features are 1.</summary>
    [VectorType(LibSvmFile.A9aFeatures)]
    public VBuffer<float> Features { get; set; }

    /// <summary>Whether the income is high.</summary>
    public bool Label { get; set; }
}
