// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>One slot for each key: 1 where it is, or how often it is.</summary>
[TransformerLoader("KeyToVectorTransform")]
public sealed class KeyToVectorMappingTransformer : OneToOneTransformerBase
{
    private readonly InputOutputColumnPair[] _columns;
    private readonly bool _counts;

    internal KeyToVectorMappingTransformer(InputOutputColumnPair[] columns, bool counts)
    {
        _columns = columns;
        _counts = counts;
    }

    internal static KeyToVectorMappingTransformer Load(ModelLoadContext context) => new(ColumnPairs.FromJson(context.State["Columns"]), (bool)context.State["Counts"]);

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema) => new ColumnMapper(inputSchema, [.. _columns.Select(c => Mapping(inputSchema, c))]);

    internal override void SaveModel(ModelSaveContext ctx)
        => ctx.SetState("KeyToVectorTransform", new JsonObject { ["Columns"] = ColumnPairs.ToJson(_columns), ["Counts"] = _counts });

    private ColumnMapping Mapping(DataViewSchema schema, InputOutputColumnPair pair)
    {
        DataViewSchema.Column source = schema.Required(pair.InputColumnName);
        if (InputColumns.ItemOf(source.Type) is not KeyDataViewType key)
        {
            throw InputColumns.Mismatch(source.Name, "key type of known cardinality", source.Type.ToString());
        }

        int size = checked((int)key.Count);
        var vector = source.Type as VectorDataViewType;
        VectorDataViewType type = vector is null || _counts
            ? new VectorDataViewType(NumberDataViewType.Single, size)
            : new VectorDataViewType(NumberDataViewType.Single, vector.Dimensions.Add(size));
        return new ColumnMapping(
            new DataViewSchema.DetachedColumn(pair.OutputColumnName, type, IndicatorAnnotations.Of(source, type, size, _counts)),
            [source],
            row => RowGetters.Call<Delegate>(typeof(KeyToVectorMappingTransformer), null, vector is null ? nameof(OfScalar) : _counts ? nameof(CountsOf) : nameof(OfVector), [key.RawType], row, source, size));
    }

    private static ValueGetter<VBuffer<float>> OfScalar<TKey>(DataViewRow row, DataViewSchema.Column source, int size)
        where TKey : struct, IUnsignedNumber<TKey>
    {
        ValueGetter<TKey> getter = row.GetGetter<TKey>(source);
        TKey key = default;
        return (ref VBuffer<float> destination) =>
        {
            getter(ref key);
            ulong number = ulong.CreateTruncating(key);
            bool known = number > 0 && number <= (ulong)size;
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, size, known ? 1 : 0);
            if (known)
            {
                editor.Values[0] = 1;
                if (size > 1)
                {
                    editor.Indices[0] = (int)number - 1;
                }
            }

            destination = editor.Commit();
        };
    }

    private static ValueGetter<VBuffer<float>> OfVector<TKey>(DataViewRow row, DataViewSchema.Column source, int size)
        where TKey : struct, IUnsignedNumber<TKey>
    {
        ValueGetter<VBuffer<TKey>> getter = row.GetGetter<VBuffer<TKey>>(source);
        VBuffer<TKey> keys = default;
        return (ref VBuffer<float> destination) =>
        {
            getter(ref keys);
            int length = checked(keys.Length * size);
            VBufferEditor<float> editor = VBufferEditor.Create(ref destination, length, Math.Min(keys.GetValues().Length, length), requireIndicesOnDense: true);
            int count = 0;
            foreach (KeyValuePair<int, TKey> item in keys.Items())
            {
                ulong number = ulong.CreateTruncating(item.Value);
                if (number > 0 && number <= (ulong)size)
                {
                    editor.Values[count] = 1;
                    editor.Indices[count++] = (item.Key * size) + (int)number - 1;
                }
            }

            destination = editor.CommitTruncated(count);
        };
    }

    private static ValueGetter<VBuffer<float>> CountsOf<TKey>(DataViewRow row, DataViewSchema.Column source, int size)
        where TKey : struct, IUnsignedNumber<TKey>
    {
        ValueGetter<VBuffer<TKey>> getter = row.GetGetter<VBuffer<TKey>>(source);
        VBuffer<TKey> keys = default;
        var counts = new float[size];
        var writer = new VectorWriter<float>();
        return (ref VBuffer<float> destination) =>
        {
            getter(ref keys);
            Array.Clear(counts);
            foreach (TKey key in keys.GetValues())
            {
                ulong number = ulong.CreateTruncating(key);
                if (number > 0 && number <= (ulong)size)
                {
                    counts[number - 1]++;
                }
            }

            writer.Reset(size);
            for (int i = 0; i < size; i++)
            {
                if (counts[i] != 0)
                {
                    writer.Add(i, counts[i]);
                }
            }

            writer.WriteTo(ref destination);
        };
    }
}
