// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Keeps some columns, or drops some.</summary>
public sealed class ColumnSelectingEstimator : TrivialEstimator<ColumnSelectingTransformer>
{
    internal ColumnSelectingEstimator(string[] keepColumns, string[] dropColumns, bool keepHidden)
        : base(new ColumnSelectingTransformer(keepColumns, dropColumns, keepHidden))
    {
    }

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        foreach (string name in Transformer.Names)
        {
            inputSchema.Required(name);
        }

        return new SchemaShape(inputSchema.Where(c => Transformer.Names.Contains(c.Name) == Transformer.Keeps));
    }
}
