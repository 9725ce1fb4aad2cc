// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Single vector of one element, as a saved chain's custom mapping reads it.</summary>
internal sealed class SingleVector
{
    [ColumnName(SavedNames.SingleVector), VectorType(1)]
    public float[] Value { get; set; } = [];
}
