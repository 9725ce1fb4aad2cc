// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Double, as a saved chain's custom mapping writes it.</summary>
internal sealed class DoubleScalar
{
    [ColumnName(SavedNames.DoubleScalar)]
    public double Value { get; set; }
}
