// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;
using Microsoft.ML.Transforms;

namespace Microsoft.ML;

/// <summary>Conversions between types, and between values and keys.</summary>
public static class ConversionsExtensionsCatalog
{
    public static TypeConvertingEstimator ConvertType(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null, DataKind outputKind = DataKind.Single)
        => new(InputColumns.Pair(outputColumnName, inputColumnName), outputKind);

    public static TypeConvertingEstimator ConvertType(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, DataKind outputKind = DataKind.Single)
        => new(InputColumns.Pairs(columns), outputKind);

    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null)
        => new(InputColumns.Pair(outputColumnName, inputColumnName));

    public static KeyToValueMappingEstimator MapKeyToValue(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns) => new(InputColumns.Pairs(columns));

    public static KeyToVectorMappingEstimator MapKeyToVector(this TransformsCatalog.ConversionTransforms catalog, string outputColumnName, string inputColumnName = null, bool outputCountVector = false)
        => new(InputColumns.Pair(outputColumnName, inputColumnName), outputCountVector);

    public static KeyToVectorMappingEstimator MapKeyToVector(this TransformsCatalog.ConversionTransforms catalog, InputOutputColumnPair[] columns, bool outputCountVector = false)
        => new(InputColumns.Pairs(columns), outputCountVector);

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType>> keyValuePairs,
        string inputColumnName = null,
        bool treatValuesAsKeyType = false)
        => new(ValueMaps.OfPairs(keyValuePairs, treatValuesAsKeyType), InputColumns.Pair(outputColumnName, inputColumnName));

    public static ValueMappingEstimator<TInputType, TOutputType> MapValue<TInputType, TOutputType>(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IEnumerable<KeyValuePair<TInputType, TOutputType[]>> keyValuePairs,
        string inputColumnName = null)
        => new(ValueMaps.OfArrays(keyValuePairs), InputColumns.Pair(outputColumnName, inputColumnName));

    public static ValueMappingEstimator MapValue(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        IDataView lookupMap,
        DataViewSchema.Column keyColumn,
        DataViewSchema.Column valueColumn,
        string inputColumnName = null)
        => ValueMappingEstimator.Create(ValueMaps.OfView(lookupMap, keyColumn, valueColumn), InputColumns.Pair(outputColumnName, inputColumnName));

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        string outputColumnName,
        string inputColumnName = null,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null)
        => new(InputColumns.Pair(outputColumnName, inputColumnName), maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);

    public static ValueToKeyMappingEstimator MapValueToKey(
        this TransformsCatalog.ConversionTransforms catalog,
        InputOutputColumnPair[] columns,
        int maximumNumberOfKeys = 1000000,
        ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality = ValueToKeyMappingEstimator.KeyOrdinality.ByOccurrence,
        bool addKeyValueAnnotationsAsText = false,
        IDataView keyData = null)
        => new(InputColumns.Pairs(columns), maximumNumberOfKeys, keyOrdinality, addKeyValueAnnotationsAsText, keyData);
}
