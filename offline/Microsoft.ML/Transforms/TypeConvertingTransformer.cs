// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Converts columns to another type; keys stay keys.</summary>
[TransformerLoader("ConvertTransform")]
public sealed class TypeConvertingTransformer : OneToOneTransformerBase
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly DataKind _kind;

    internal TypeConvertingTransformer(InputOutputColumnPair[] columns, DataKind kind)
    {
        _columns = columns;
        _kind = kind;
    }

    internal static TypeConvertingTransformer Load(ModelLoadContext context)
        => new(ColumnPairs.FromJson(context.State["Columns"]), Enum.Parse<DataKind>((string)context.State["Kind"]));

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema) => new ColumnMapper(inputSchema, [.. _columns.Select(c => Mapping(inputSchema, c))]);

    internal override void SaveModel(ModelSaveContext ctx)
        => ctx.SetState("ConvertTransform", new JsonObject { ["Columns"] = ColumnPairs.ToJson(_columns), ["Kind"] = _kind.ToString() });

    private ColumnMapping Mapping(DataViewSchema schema, InputOutputColumnPair pair)
    {
        DataViewSchema.Column source = schema.Required(pair.InputColumnName);
        PrimitiveDataViewType from = InputColumns.ItemOf(source.Type), to = ItemTypes.Of(_kind);
        var key = from as KeyDataViewType;
        bool possible = key is null
            ? ItemConversions.Exists(from.RawType, to.RawType)
            : KeyDataViewType.IsValidDataType(to.RawType) && key.Count <= KeyDataViewType.Largest(to.RawType);
        if (!possible)
        {
            throw new ArgumentOutOfRangeException(
                "inputSchema", $"source column '{source.Name}' with item type '{source.Type}' is not compatible with destination type '{to}'");
        }

        PrimitiveDataViewType item = key is null ? to : new KeyDataViewType(to.RawType, key.Count);
        return new ColumnMapping(
            new DataViewSchema.DetachedColumn(pair.OutputColumnName, InputColumns.WithItems(source.Type, item), Annotations(source, from, to)),
            [source],
            row => RowGetters.Call<Delegate>(typeof(TypeConvertingTransformer), null, nameof(MakeGetter), [from.RawType, to.RawType], row, source));
    }

    private static DataViewSchema.Annotations Annotations(DataViewSchema.Column source, PrimitiveDataViewType from, PrimitiveDataViewType to)
    {
        var builder = new DataViewSchema.Annotations.Builder();
        if (from is BooleanDataViewType && to is NumberDataViewType)
        {
            SlotNames.AddTrue(builder);
            builder.Add(source.Annotations, SlotNames.IsSlotNames);
        }
        else
        {
            builder.Add(source.Annotations, kind => kind is AnnotationKinds.IsNormalized or AnnotationKinds.SlotNames or AnnotationKinds.KeyValues);
        }

        return builder.ToAnnotations();
    }

    private static Delegate MakeGetter<TFrom, TTo>(DataViewRow row, DataViewSchema.Column source)
        => ItemMapping.MakeGetter(row, source, ItemConversions.Make<TFrom, TTo>(), compact: false);
}
