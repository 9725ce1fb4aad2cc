// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns under other names.</summary>
public sealed class ColumnCopyingEstimator : TrivialEstimator<ColumnCopyingTransformer>
{
    private readonly InputOutputColumnPair[] _columns;

    internal ColumnCopyingEstimator(InputOutputColumnPair[] columns)
        : base(new ColumnCopyingTransformer(columns)) => _columns = columns;

    public override SchemaShape GetOutputSchema(SchemaShape inputSchema)
    {
        ArgumentNullException.ThrowIfNull(inputSchema);
        return inputSchema.With([.. _columns.Select(c => inputSchema.Required(c.InputColumnName).Renamed(c.OutputColumnName))]);
    }
}
