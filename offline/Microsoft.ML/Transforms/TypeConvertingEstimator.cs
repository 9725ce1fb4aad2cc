// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type.</summary>
public sealed class TypeConvertingEstimator : TrivialEstimator<TypeConvertingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly PrimitiveDataViewType _type;

    internal TypeConvertingEstimator(InputOutputColumnPair[] columns, DataKind outputKind)
        : base(new TypeConvertingTransformer(columns, outputKind))
    {
        _columns = columns;
        _type = ItemTypes.Of(outputKind);
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(pair =>
        {
            SchemaShape.Column source = inputSchema.Required(pair.InputColumnName);
            return ItemConversions.Exists(source.ItemType.RawType, _type.RawType)
                ? new SchemaShape.Column(pair.OutputColumnName, source.Kind, _type, false, new SchemaShape(source.Only(AnnotationKinds.SlotNames)))
                : throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Don't know how to convert {source.Name} into {_type}");
        })]);
    }
}
