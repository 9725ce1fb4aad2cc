// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Gives back the values of keys.</summary>
public sealed class KeyToValueMappingEstimator : TrivialEstimator<KeyToValueMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal KeyToValueMappingEstimator(InputOutputColumnPair[] columns)
        : base(new KeyToValueMappingTransformer(columns)) => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(pair => Output(inputSchema.Required(pair.InputColumnName), pair.OutputColumnName))]);
    }

    private static SchemaShape.Column Output(SchemaShape.Column source, string name)
    {
        if (!source.IsKey)
        {
            throw InputColumns.Mismatch(source.Name, "KeyType", source.TypeText());
        }

        return source.Annotations.TryFindColumn(AnnotationKinds.KeyValues, out SchemaShape.Column values)
            ? new SchemaShape.Column(name, source.Kind, values.ItemType, values.IsKey, new SchemaShape(source.Only(AnnotationKinds.SlotNames)))
            : throw new ArgumentOutOfRangeException("inputSchema", $"Input column '{source.Name}' doesn't contain key values metadata");
    }
}
