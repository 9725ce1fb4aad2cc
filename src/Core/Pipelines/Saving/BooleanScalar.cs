// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines.Saving;

/// <summary>A row with a Boolean, as a saved chain's custom mapping writes it.</summary>
internal sealed class BooleanScalar
{
    [ColumnName(SavedNames.BooleanScalar)]
    public bool Value { get; set; }
}
