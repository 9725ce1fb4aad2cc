// SPDX-License-Identifier: MIT
using Microsoft.ML.StandIn;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Transforms of categories.</summary>
public static class CategoricalCatalog
{
    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView keyData = null)
        => new(InputColumns.Pair(outputColumnName, inputColumnName), outputKind, maximumNumberOfKeys, keyOrdinality, keyData);

    public static OneHotEncodingEstimator OneHotEncoding(
        this TransformsCatalog.CategoricalTransforms catalog,
        InputOutputColumnPair[] columns,
        OneHotEncodingEstimator.OutputKind outputKind = OneHotEncodingEstimator.OutputKind.Indicator,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        IDataView keyData = null)
        => new(InputColumns.Pairs(columns), outputKind, maximumNumberOfKeys, keyOrdinality, keyData);
}
