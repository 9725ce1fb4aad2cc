// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Makes indicator or count vectors of keys.</summary>
public sealed class KeyToVectorMappingEstimator : TrivialEstimator<KeyToVectorMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly bool _outputCountVector;

    internal KeyToVectorMappingEstimator(InputOutputColumnPair[] columns, bool outputCountVector)
        : base(new KeyToVectorMappingTransformer(columns, outputCountVector))
    {
        _columns = columns;
        _outputCountVector = outputCountVector;
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(pair => Output(inputSchema.Required(pair.InputColumnName), pair.OutputColumnName))]);
    }

    private SchemaShape.Column Output(SchemaShape.Column source, string name)
    {
        if (!source.IsKey)
        {
            throw InputColumns.Mismatch(source.Name, "key type of known cardinality", source.TypeText());
        }

        var annotations = new List<SchemaShape.Column>();
        if (source.Has(AnnotationKinds.KeyValues))
        {
            annotations.Add(ShapeAnnotations.SlotNameTexts);
        }

        if (!_outputCountVector)
        {
            annotations.Add(ShapeAnnotations.SlotRanges);
        }

        if (!_outputCountVector || source.Kind == Kind.Scalar)
        {
            annotations.Add(ShapeAnnotations.Normalized);
        }

        Kind kind = source.Kind == Kind.VariableVector && !_outputCountVector ? Kind.VariableVector : Kind.Vector;
        return new SchemaShape.Column(name, kind, NumberDataViewType.Single, false, new SchemaShape(annotations));
    }
}
