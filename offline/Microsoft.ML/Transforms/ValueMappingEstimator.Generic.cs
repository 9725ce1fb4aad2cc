// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Looks values up in a table of pairs.</summary>
public sealed class ValueMappingEstimator<TKey, TValue> : ValueMappingEstimator
{
    internal ValueMappingEstimator(ValueMap map, InputOutputColumnPair[] columns)
        : base(map, columns)
    {
    }
}
