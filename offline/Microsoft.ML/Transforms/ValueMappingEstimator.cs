// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;
using Kind = Microsoft.ML.SchemaShape.Column.VectorKind;

namespace Microsoft.ML.Transforms;

/// <summary>Looks values up in a table.</summary>
public class ValueMappingEstimator : TrivialEstimator<ValueMappingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly ValueMap _map;

    private protected ValueMappingEstimator(ValueMap map, InputOutputColumnPair[] columns)
        : base(new ValueMappingTransformer(map, columns))
    {
        _columns = columns;
        _map = map;
    }

    public sealed override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(pair => Output(inputSchema.Required(pair.InputColumnName), pair.OutputColumnName))]);
    }

    internal static ValueMappingEstimator Create(ValueMap map, InputOutputColumnPair[] columns) => new(map, columns);

    private SchemaShape.Column Output(SchemaShape.Column source, string name)
    {
        SchemaShape.Column value = SchemaShape.ColumnOf(name, _map.ValueType);
        Kind kind = source.Kind == Kind.Scalar ? value.Kind : source.Kind;
        var annotations = _map.KeyTexts is null ? SchemaShape.Empty : new SchemaShape([ShapeAnnotations.KeyValues(TextDataViewType.Instance)]);
        return new SchemaShape.Column(name, kind, value.ItemType, value.IsKey, annotations);
    }
}
