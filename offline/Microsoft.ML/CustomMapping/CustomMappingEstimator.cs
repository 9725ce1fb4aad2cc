// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.Transforms;

/// <summary>Computes columns by a function of the user.</summary>
public sealed class CustomMappingEstimator<TSrc, TDst> : TrivialEstimator<CustomMappingTransformer<TSrc, TDst>>
    where TSrc : class, new()
    where TDst : class, new()
{
    internal CustomMappingEstimator(CustomMappingTransformer<TSrc, TDst> transformer)
        : base(transformer)
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach ((string name, DataViewType type) in Transformer.InputColumns())
        {
            if (!inputSchema.TryFindColumn(name, out SchemaShape.Column column))
            {
                throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Could not find input column '{name}'");
            }

            SchemaShape.Column expected = SchemaShape.ColumnOf(name, type);
            bool fits = expected.ItemType.Equals(column.ItemType)
                && (expected.Kind == SchemaShape.Column.VectorKind.Scalar) == (column.Kind == SchemaShape.Column.VectorKind.Scalar);
            if (!fits)
            {
                throw new ArgumentOutOfRangeException(nameof(inputSchema), $"Schema mismatch for input column '{name}': expected {type}, got {column.TypeText()}");
            }
        }

        return inputSchema.With(Transformer.OutputColumns().Select(c => SchemaShape.ColumnOf(c.Name, c.Type, c.Annotations)));
    }
}
