// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Normalisers.</summary>
public static class NormalizationCatalog
{
    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = 1000000000, bool fixZero = true)
        => new(NormalizationKind.MinMax, InputColumns.Pair(outputColumnName, inputColumnName), maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMinMax(this TransformsCatalog catalog, InputOutputColumnPair[] columns, long maximumExampleCount = 1000000000, bool fixZero = true)
        => new(NormalizationKind.MinMax, InputColumns.Pairs(columns), maximumExampleCount, fixZero);

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, string outputColumnName, string inputColumnName = null, long maximumExampleCount = 1000000000, bool fixZero = true, bool useCdf = false)
        => new(NormalizationKind.MeanVariance, InputColumns.Pair(outputColumnName, inputColumnName), maximumExampleCount, fixZero, useCdf);

    public static NormalizingEstimator NormalizeMeanVariance(this TransformsCatalog catalog, InputOutputColumnPair[] columns, long maximumExampleCount = 1000000000, bool fixZero = true, bool useCdf = false)
        => new(NormalizationKind.MeanVariance, InputColumns.Pairs(columns), maximumExampleCount, fixZero, useCdf);
}
