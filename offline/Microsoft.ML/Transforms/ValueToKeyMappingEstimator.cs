// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Learns the values of columns and gives each a key.</summary>
public sealed class ValueToKeyMappingEstimator : IEstimator<ValueToKeyMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly int _maximumNumberOfKeys;
    private readonly KeyOrdinality _ordinality;
    private readonly bool _asText;
    private readonly IDataView _keyData;

    internal ValueToKeyMappingEstimator(InputOutputColumnPair[] columns, int maximumNumberOfKeys, KeyOrdinality keyOrdinality, bool asText, IDataView keyData)
    {
        if (keyData is not null && VisibleColumns(keyData).Length is var count and not 1)
        {
            throw new ArgumentOutOfRangeException(
                nameof(keyData), $"If specified, this data view should contain only a single column containing the terms to map, but this had {count} columns.");
        }

        _columns = columns;
        _maximumNumberOfKeys = maximumNumberOfKeys;
        _ordinality = keyOrdinality;
        _asText = asText;
        _keyData = keyData;
    }

    /// <summary>In which order keys are given.</summary>
    public enum KeyOrdinality
    {
        ByOccurrence = 0,
        ByValue = 1,
    }

    public ValueToKeyMappingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (_maximumNumberOfKeys <= 0)
        {
            throw new ArgumentOutOfRangeException("MaxNumTerms", "Must be positive");
        }

        DataViewSchema.Column[] sources = [.. _columns.Select(c => input.Schema.Required(c.InputColumnName))];
        KeyTerms[] terms = [.. sources.Select(s => KeyTerms.Create(InputColumns.ItemOf(s.Type)))];
        if (_keyData is null)
        {
            Read(input, sources, terms);
        }
        else
        {
            DataViewSchema.Column keys = KeyColumn(sources);
            Read(_keyData, [.. sources.Select(_ => keys)], terms);
        }

        if (_ordinality == KeyOrdinality.ByValue)
        {
            Array.ForEach(terms, t => t.Sort());
        }

        return new ValueToKeyMappingTransformer([.. _columns.Select((pair, i) => (pair, terms[i]))], _asText);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(pair =>
        {
            SchemaShape.Column source = inputSchema.Required(pair.InputColumnName);
            DataViewType valueType = _asText ? TextDataViewType.Instance : source.ItemType;
            var annotations = new SchemaShape([ShapeAnnotations.KeyValues(valueType), .. source.Only(AnnotationKinds.SlotNames)]);
            return new SchemaShape.Column(pair.OutputColumnName, source.Kind, NumberDataViewType.UInt32, true, annotations);
        })]);
    }

    private static DataViewSchema.Column[] VisibleColumns(IDataView data) => [.. data.Schema.Where(c => !c.IsHidden)];

    private void Read(IDataView data, DataViewSchema.Column[] columns, KeyTerms[] terms)
    {
        using DataViewRowCursor cursor = data.GetRowCursor(columns.DistinctBy(c => c.Index));
        Action[] readers = [.. terms.Select((t, i) => t.Reader(cursor, columns[i], _maximumNumberOfKeys))];
        while (cursor.MoveNext())
        {
            Array.ForEach(readers, read => read());
        }
    }

    private DataViewSchema.Column KeyColumn(DataViewSchema.Column[] sources)
    {
        DataViewSchema.Column keys = VisibleColumns(_keyData)[0];
        foreach (DataViewSchema.Column source in sources)
        {
            PrimitiveDataViewType needed = InputColumns.ItemOf(source.Type);
            if (!keys.Type.Equals(needed))
            {
                throw new ArgumentOutOfRangeException("keyData", $"Input data's column must be of type '{needed}' but was '{keys.Type}'");
            }
        }

        return keys;
    }
}
