// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Puts columns of one type into a vector.</summary>
public sealed class ColumnConcatenatingEstimator : IEstimator<ColumnConcatenatingTransformer>
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingEstimator(string outputColumnName, string[] inputColumnNames)
    {
        if (string.IsNullOrEmpty(outputColumnName))
        {
            throw new ArgumentOutOfRangeException(nameof(outputColumnName), "outputColumnName cannot be null or empty");
        }

        ArgumentNullException.ThrowIfNull(inputColumnNames);
        if (inputColumnNames.Length == 0)
        {
            throw new ArgumentOutOfRangeException(nameof(inputColumnNames), "Input columns not specified");
        }

        _output = outputColumnName;
        _inputs = inputColumnNames;
    }

    public ColumnConcatenatingTransformer Fit(IDataView input)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new ColumnConcatenatingTransformer(_output, _inputs);
    }

    public SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        SchemaShape.Column[] sources = [.. _inputs.Select(inputSchema.Required)];
        foreach (SchemaShape.Column source in sources)
        {
            if (source.IsKey)
            {
                throw new InvalidOperationException($"Column '{source.Name}' is key. Concatenation of keys is unsupported.");
            }

            if (!source.ItemType.Equals(sources[0].ItemType))
            {
                throw new InvalidOperationException(
                    $"Concatenated columns should have the same type. Column '{source.Name}' has type of {source.ItemType}, but expected column type is {sources[0].ItemType}.");
            }
        }

        var annotations = new List<SchemaShape.Column>();
        if (sources.All(s => s.Has(AnnotationKinds.IsNormalized)))
        {
            annotations.Add(ShapeAnnotations.Normalized);
        }

        if (sources.Any(s => s.Kind == Kind.Scalar || s.Has(AnnotationKinds.SlotNames)))
        {
            annotations.Add(ShapeAnnotations.SlotNameTexts);
        }

        if (sources.Any(s => s.Has(AnnotationKinds.CategoricalSlotRanges)))
        {
            annotations.Add(ShapeAnnotations.SlotRanges);
        }

        Kind kind = sources.Any(s => s.Kind == Kind.VariableVector) ? Kind.VariableVector : Kind.Vector;
        return inputSchema.With(new SchemaShape.Column(_output, kind, sources[0].ItemType, false, new SchemaShape(annotations)));
    }
}
