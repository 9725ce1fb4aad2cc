// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Double vector of one element, as a saved chain's custom mapping reads it.</summary>
internal sealed class DoubleVector
{
    [ColumnName(SavedNames.DoubleVector), VectorType(1)]
    public double[] Value { get; set; } = [];
}
