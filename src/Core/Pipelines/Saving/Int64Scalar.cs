// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Int64, as a saved chain's custom mapping writes it.</summary>
internal sealed class Int64Scalar
{
    [ColumnName(SavedNames.Int64Scalar)]
    public long Value { get; set; }
}
