// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Replaces keys by the values that their column's annotation holds; the missing key becomes the missing value.</summary>
[TransformerLoader("KeyToValueTransform")]
public sealed class KeyToValueMappingTransformer : OneToOneTransformerBase
{
    private readonly InputOutputColumnPair[] _columns;

    internal KeyToValueMappingTransformer(InputOutputColumnPair[] columns) => _columns = columns;

    internal static KeyToValueMappingTransformer Load(ModelLoadContext context) => new(ColumnPairs.FromJson(context.State["Columns"]));

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema) => new ColumnMapper(inputSchema, [.. _columns.Select(c => Mapping(inputSchema, c))]);

    internal override void SaveModel(ModelSaveContext ctx) => ctx.SetState("KeyToValueTransform", new JsonObject { ["Columns"] = ColumnPairs.ToJson(_columns) });

    private static ColumnMapping Mapping(DataViewSchema schema, InputOutputColumnPair pair)
    {
        DataViewSchema.Column source = schema.Required(pair.InputColumnName);
        PrimitiveDataViewType key = InputColumns.ItemOf(source.Type);
        if (source.Annotations.Schema.GetColumnOrNull(AnnotationKinds.KeyValues)?.Type is not VectorDataViewType values)
        {
            throw new InvalidOperationException("Metadata KeyValues does not exist");
        }

        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(source.Annotations, SlotNames.IsSlotNames);
        return new ColumnMapping(
            new DataViewSchema.DetachedColumn(pair.OutputColumnName, InputColumns.WithItems(source.Type, values.ItemType), builder.ToAnnotations()),
            [source],
            row => RowGetters.Call<Delegate>(typeof(KeyToValueMappingTransformer), null, nameof(MakeGetter), [key.RawType, values.ItemType.RawType], row, source));
    }

    private static Delegate MakeGetter<TKey, TValue>(DataViewRow row, DataViewSchema.Column source)
        where TKey : struct, IUnsignedNumber<TKey>
    {
        VBuffer<TValue> annotation = default;
        source.GetKeyValues(ref annotation);
        TValue[] values = [.. annotation.DenseValues()];
        TValue missing = ItemKinds.MissingValue<TValue>();
        return ItemMapping.MakeGetter<TKey, TValue>(
            row,
            source,
            key =>
            {
                ulong number = ulong.CreateTruncating(key);
                return number > 0 && number <= (ulong)values.Length ? values[number - 1] : missing;
            },
            compact: false);
    }
}
