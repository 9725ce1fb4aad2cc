// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Looks values up in a table; what it lacks becomes the default.</summary>
[TransformerLoader("ValueMappingTransformer")]
public class ValueMappingTransformer : OneToOneTransformerBase
{
    private readonly ValueMap _map;
    private readonly InputOutputColumnPair[] _columns;

    internal ValueMappingTransformer(ValueMap map, InputOutputColumnPair[] columns)
    {
        _map = map;
        _columns = columns;
    }

    internal static ValueMappingTransformer Load(ModelLoadContext context)
        => new(ValueMap.FromJson((JsonObject)context.State["Map"]), ColumnPairs.FromJson(context.State["Columns"]));

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema) => new ColumnMapper(inputSchema, [.. _columns.Select(c => Mapping(inputSchema, c))]);

    internal override void SaveModel(ModelSaveContext ctx)
        => ctx.SetState("ValueMappingTransformer", new JsonObject { ["Columns"] = ColumnPairs.ToJson(_columns), ["Map"] = _map.ToJson() });

    private ColumnMapping Mapping(DataViewSchema schema, InputOutputColumnPair pair)
    {
        DataViewSchema.Column source = schema.Required(pair.InputColumnName);
        var builder = new DataViewSchema.Annotations.Builder();
        if (_map.KeyTexts is not null)
        {
            builder.AddKeyValues(_map.KeyTexts);
        }

        return new ColumnMapping(
            new DataViewSchema.DetachedColumn(pair.OutputColumnName, _map.OutputOf(source.Type), builder.ToAnnotations()), [source], row => _map.MakeGetter(row, source));
    }
}
