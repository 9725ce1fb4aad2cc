// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Scales and shifts columns.</summary>
[TransformerLoader("Normalizer")]
public sealed partial class NormalizingTransformer : OneToOneTransformerBase
{
    private readonly (InputOutputColumnPair Pair, AffineMap Map)[] _columns;

    internal NormalizingTransformer((InputOutputColumnPair Pair, AffineMap Map)[] columns) => _columns = columns;

    public NormalizerModelParametersBase GetNormalizerModelParameters(int index) => _columns[index].Map.Parameters;

    internal static NormalizingTransformer Load(ModelLoadContext context)
    {
        InputOutputColumnPair[] pairs = ColumnPairs.FromJson(context.State["Columns"]);
        JsonArray maps = (JsonArray)context.State["Maps"];
        return new NormalizingTransformer([.. pairs.Select((pair, i) => (pair, MapOf((JsonObject)maps[i])))]);
    }

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema)
        => new ColumnMapper(inputSchema, [.. _columns.Select(c => Mapping(inputSchema.Required(c.Pair.InputColumnName), c.Pair.OutputColumnName, c.Map))]);

    internal override void SaveModel(ModelSaveContext ctx)
        => ctx.SetState("Normalizer", new JsonObject
        {
            ["Columns"] = ColumnPairs.ToJson(_columns.Select(c => c.Pair)),
            ["Maps"] = new JsonArray([.. _columns.Select(c => StateOf(c.Map))]),
        });

    private static ColumnMapping Mapping(DataViewSchema.Column source, string output, AffineMap map)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        SlotNames.AddTrue(builder);
        builder.Add(source.Annotations, SlotNames.IsSlotNames);
        return new ColumnMapping(new DataViewSchema.DetachedColumn(output, map.Type, builder.ToAnnotations()), [source], row => map.MakeGetter(row, source));
    }

    private static JsonObject StateOf(AffineMap map)
    {
        (double[] scale, double[] offset) = map.Numbers;
        return new JsonObject
        {
            ["Double"] = InputColumns.ItemOf(map.Type).RawType == typeof(double),
            ["Dimensions"] = map.Type is VectorDataViewType vector ? ModelFormat.ToJson(vector.Dimensions.ToArray()) : null,
            ["Scale"] = ModelFormat.ToJson(scale),
            ["Offset"] = offset is null ? null : ModelFormat.ToJson(offset),
        };
    }

    private static AffineMap MapOf(JsonObject state)
    {
        NumberDataViewType item = (bool)state["Double"] ? NumberDataViewType.Double : NumberDataViewType.Single;
        DataViewType type = state["Dimensions"] is { } dimensions ? new VectorDataViewType(item, ModelFormat.FromJson<int[]>(dimensions)) : item;
        return AffineMap.Create(type, ModelFormat.FromJson<double[]>(state["Scale"]), state["Offset"] is { } offset ? ModelFormat.FromJson<double[]>(offset) : null);
    }
}
