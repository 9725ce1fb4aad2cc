// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Learns scales and offsets of columns.</summary>
public sealed class NormalizingEstimator : IEstimator<NormalizingTransformer>
{
    private readonly NormalizationKind _kind;
    private readonly InputOutputColumnPair[] _columns;
    private readonly long _maximumExampleCount;
    private readonly bool _fixZero;

    internal NormalizingEstimator(NormalizationKind kind, InputOutputColumnPair[] columns, long maximumExampleCount, bool fixZero, bool useCdf = false)
    {
        if (useCdf)
        {
            throw new NotSupportedException("The stand-in for Microsoft.ML does not offer useCdf: build with MLNetSource=nuget.");
        }

        _kind = kind;
        _columns = columns;
        _maximumExampleCount = maximumExampleCount;
        _fixZero = fixZero;
    }

    public NormalizingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] sources = [.. _columns.Select(c => input.Schema.Required(c.InputColumnName, "data"))];
        AffineFit[] fits = [.. sources.Select(s => AffineFit.For(s.Type))];
        using DataViewRowCursor cursor = input.GetRowCursor(sources.DistinctBy(s => s.Index));
        Action[] readers = [.. fits.Select((fit, i) => fit.Reader(cursor, sources[i]))];
        for (long row = 0; row < _maximumExampleCount && cursor.MoveNext(); row++)
        {
            foreach (Action read in readers)
            {
                read();
            }
        }

        return new NormalizingTransformer([.. _columns.Select((pair, i) => (pair, fits[i].ToMap(_kind, _fixZero)))]);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(pair => Output(inputSchema.Required(pair.InputColumnName), pair.OutputColumnName))]);
    }

    private static SchemaShape.Column Output(SchemaShape.Column source, string name)
    {
        if (source.Kind == Kind.VariableVector)
        {
            throw InputColumns.Mismatch(source.Name, "known-size vector or scalar", source.TypeText());
        }

        if (source.IsKey || (!source.ItemType.Equals(NumberDataViewType.Single) && !source.ItemType.Equals(NumberDataViewType.Double)))
        {
            throw InputColumns.Mismatch(source.Name, "vector or scalar of Single or Double", source.TypeText());
        }

        var annotations = new SchemaShape([ShapeAnnotations.Normalized, .. source.Only(AnnotationKinds.SlotNames)]);
        return new SchemaShape.Column(name, source.Kind, source.ItemType, false, annotations);
    }
}
