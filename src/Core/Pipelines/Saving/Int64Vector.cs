// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Int64 vector of one element, as a saved chain's custom mapping reads it.</summary>
internal sealed class Int64Vector
{
    [ColumnName(SavedNames.Int64Vector), VectorType(1)]
    public long[] Value { get; set; } = [];
}
