// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Copies columns, annotations included, under other names.</summary>
[TransformerLoader("CopyTransform")]
public sealed class ColumnCopyingTransformer : OneToOneTransformerBase
{
    private readonly InputOutputColumnPair[] _columns;

    internal ColumnCopyingTransformer(InputOutputColumnPair[] columns) => _columns = columns;

    internal static ColumnCopyingTransformer Load(ModelLoadContext context) => new(ColumnPairs.FromJson(context.State["Columns"]));

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema) => new ColumnMapper(inputSchema, [.. _columns.Select(c => Copy(inputSchema, c))]);

    internal override void SaveModel(ModelSaveContext ctx) => ctx.SetState("CopyTransform", new JsonObject { ["Columns"] = ColumnPairs.ToJson(_columns) });

    private static ColumnMapping Copy(DataViewSchema schema, InputOutputColumnPair pair)
    {
        DataViewSchema.Column source = schema.Required(pair.InputColumnName);
        return new ColumnMapping(new DataViewSchema.DetachedColumn(pair.OutputColumnName, source.Type, source.Annotations), [source], row => RowGetters.Of(row, source));
    }
}
