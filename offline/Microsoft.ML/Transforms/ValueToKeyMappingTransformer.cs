// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Replaces values by keys; what was not seen becomes the missing key.</summary>
[TransformerLoader("TermTransform")]
public sealed class ValueToKeyMappingTransformer : OneToOneTransformerBase
{
    private readonly (InputOutputColumnPair Pair, KeyTerms Terms)[] _columns;
    private readonly bool _asText;

    internal ValueToKeyMappingTransformer((InputOutputColumnPair Pair, KeyTerms Terms)[] columns, bool asText)
    {
        _columns = columns;
        _asText = asText;
    }

    internal static ValueToKeyMappingTransformer Load(ModelLoadContext context)
    {
        InputOutputColumnPair[] pairs = ColumnPairs.FromJson(context.State["Columns"]);
        JsonArray terms = (JsonArray)context.State["Terms"];
        return new ValueToKeyMappingTransformer(
            [.. pairs.Select((pair, i) => (pair, KeyTerms.FromJson(ItemTypes.FromJson(terms[i]["Type"]), terms[i]["Values"])))], (bool)context.State["AsText"]);
    }

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema) => new ColumnMapper(inputSchema, [.. _columns.Select(c => Mapping(inputSchema, c.Pair, c.Terms))]);

    internal override void SaveModel(ModelSaveContext ctx)
        => ctx.SetState("TermTransform", new JsonObject
        {
            ["Columns"] = ColumnPairs.ToJson(_columns.Select(c => c.Pair)),
            ["Terms"] = new JsonArray([.. _columns.Select(c => new JsonObject { ["Type"] = ItemTypes.ToJson(c.Terms.ItemType), ["Values"] = c.Terms.ToJson() })]),
            ["AsText"] = _asText,
        });

    private ColumnMapping Mapping(DataViewSchema schema, InputOutputColumnPair pair, KeyTerms terms)
    {
        DataViewSchema.Column source = schema.Required(pair.InputColumnName);
        if (!InputColumns.ItemOf(source.Type).Equals(terms.ItemType))
        {
            throw new InvalidOperationException(
                $"Could not apply a map over type '{terms.ItemType}' to column '{pair.OutputColumnName}' since it has type '{InputColumns.ItemOf(source.Type)}'");
        }

        var builder = new DataViewSchema.Annotations.Builder();
        terms.AddKeyValues(builder, _asText, source);
        builder.Add(source.Annotations, SlotNames.IsSlotNames);
        DataViewType type = InputColumns.WithItems(source.Type, terms.KeyType);
        return new ColumnMapping(new DataViewSchema.DetachedColumn(pair.OutputColumnName, type, builder.ToAnnotations()), [source], row => terms.MakeGetter(row, source));
    }
}
