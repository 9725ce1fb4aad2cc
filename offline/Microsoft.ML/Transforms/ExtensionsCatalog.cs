// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms of missing values.</summary>
public static class ExtensionsCatalog
{
    public static MissingValueReplacingEstimator ReplaceMissingValues(
        this TransformsCatalog catalog,
        string outputColumnName,
        string inputColumnName = null,
        MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue,
        bool imputeBySlot = true)
        => new(InputColumns.Pair(outputColumnName, inputColumnName), replacementMode, imputeBySlot);

    public static MissingValueReplacingEstimator ReplaceMissingValues(
        this TransformsCatalog catalog,
        InputOutputColumnPair[] columns,
        MissingValueReplacingEstimator.ReplacementMode replacementMode = MissingValueReplacingEstimator.ReplacementMode.DefaultValue,
        bool imputeBySlot = true)
        => new(InputColumns.Pairs(columns), replacementMode, imputeBySlot);
}
