// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Single, as a saved chain's custom mapping writes it.</summary>
internal sealed class SingleScalar
{
    [ColumnName(SavedNames.SingleScalar)]
    public float Value { get; set; }
}
