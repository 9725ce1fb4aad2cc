// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Boolean vector of one element, as a saved chain's custom mapping reads it.</summary>
internal sealed class BooleanVector
{
    [ColumnName(SavedNames.BooleanVector), VectorType(1)]
    public bool[] Value { get; set; } = [];
}
