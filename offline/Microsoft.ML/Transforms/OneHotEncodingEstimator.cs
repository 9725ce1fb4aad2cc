// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Makes a vector with a slot for each value.</summary>
public sealed class OneHotEncodingEstimator : IEstimator<OneHotEncodingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly ValueToKeyMappingEstimator _keys;
    private readonly KeyToVectorMappingEstimator _vectors;

    internal OneHotEncodingEstimator(InputOutputColumnPair[] columns, OutputKind outputKind, int maximumNumberOfKeys, ValueToKeyMappingEstimator.KeyOrdinality keyOrdinality, IDataView keyData)
    {
        if (outputKind == OutputKind.Binary)
        {
            throw new NotSupportedException("The stand-in for Microsoft.ML does not offer the binary encoding: build with MLNetSource=nuget.");
        }

        _columns = columns;
        _keys = new ValueToKeyMappingEstimator(columns, maximumNumberOfKeys, keyOrdinality, asText: true, keyData);
        if (outputKind != OutputKind.Key)
        {
            _vectors = new KeyToVectorMappingEstimator(
                [.. columns.Select(c => new InputOutputColumnPair(c.OutputColumnName, c.OutputColumnName))], outputCountVector: outputKind == OutputKind.Bag);
        }
    }

    /// <summary>What is made of a value.</summary>
    public enum OutputKind
    {
        Bag = 1,
        Indicator = 2,
        Key = 3,
        Binary = 4,
    }

    public OneHotEncodingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);

        // As in the real packages: keys can't be encoded here, MapKeyToVector does it.
        if (_columns.Any(c => InputColumns.ItemOf(input.Schema.Required(c.InputColumnName).Type) is KeyDataViewType))
        {
            throw new ArgumentOutOfRangeException("itemType", "The item type must be valid for a key");
        }

        ValueToKeyMappingTransformer keys = _keys.Fit(input);
        return new OneHotEncodingTransformer(keys, _vectors?.Fit(keys.Transform(input)));
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        SchemaShape keyed = _keys.GetOutputSchema(inputSchema);
        return _vectors is null ? keyed : _vectors.GetOutputSchema(keyed);
    }
}
