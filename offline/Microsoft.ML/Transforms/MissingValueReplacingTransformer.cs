// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Text.Json.Nodes;
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Transforms;

/// <summary>Replaces NaN.</summary>
[TransformerLoader("NAReplaceTransform")]
public sealed class MissingValueReplacingTransformer : OneToOneTransformerBase
{
    private readonly (InputOutputColumnPair Pair, double[] Replacements)[] _columns;

    internal MissingValueReplacingTransformer((InputOutputColumnPair Pair, double[] Replacements)[] columns) => _columns = columns;

    internal static MissingValueReplacingTransformer Load(ModelLoadContext context)
    {
        InputOutputColumnPair[] pairs = ColumnPairs.FromJson(context.State["Columns"]);
        double[][] replacements = ModelFormat.FromJson<double[][]>(context.State["Replacements"]);
        return new MissingValueReplacingTransformer([.. pairs.Zip(replacements)]);
    }

    /// <summary>Refuses types that have no value for what is missing.</summary>
    internal static void Check(DataViewType type)
    {
        if (type is KeyDataViewType)
        {
            throw new ArgumentOutOfRangeException("inputSchema", $"Type '{type}' is not supported by NAReplaceTransform since its NA value is equivalent to its default value");
        }

        if (!type.Equals(NumberDataViewType.Single) && !type.Equals(NumberDataViewType.Double))
        {
            throw new ArgumentOutOfRangeException("inputSchema", $"Type '{type}' is not supported by NAReplaceTransform since it doesn't have an NA value");
        }
    }

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema)
        => new ColumnMapper(inputSchema, [.. _columns.Select(c => Mapping(inputSchema.Required(c.Pair.InputColumnName), c.Pair.OutputColumnName, c.Replacements))]);

    internal override void SaveModel(ModelSaveContext ctx)
        => ctx.SetState("NAReplaceTransform", new JsonObject
        {
            ["Columns"] = ColumnPairs.ToJson(_columns.Select(c => c.Pair)),
            ["Replacements"] = ModelFormat.ToJson(_columns.Select(c => c.Replacements).ToArray()),
        });

    private static ColumnMapping Mapping(DataViewSchema.Column source, string output, double[] replacements)
    {
        PrimitiveDataViewType item = InputColumns.ItemOf(source.Type);
        Check(item);
        var builder = new DataViewSchema.Annotations.Builder();
        builder.Add(source.Annotations, kind => kind is AnnotationKinds.SlotNames or AnnotationKinds.IsNormalized);
        return new ColumnMapping(
            new DataViewSchema.DetachedColumn(output, source.Type, builder.ToAnnotations()),
            [source],
            row => item.RawType == typeof(float) ? MakeGetter<float>(row, source, replacements) : MakeGetter<double>(row, source, replacements));
    }

    private static Delegate MakeGetter<T>(DataViewRow row, DataViewSchema.Column source, double[] replacements)
        where T : struct, IFloatingPointIeee754<T>
    {
        T[] values = [.. replacements.Select(T.CreateChecked)];
        return source.Type is VectorDataViewType
            ? VectorGetter(row.GetGetter<VBuffer<T>>(source), values)
            : ItemMapping.MakeGetter<T, T>(row, source, value => T.IsNaN(value) ? values[0] : value, compact: false);
    }

    private static ValueGetter<VBuffer<T>> VectorGetter<T>(ValueGetter<VBuffer<T>> source, T[] replacements)
        where T : struct, IFloatingPointIeee754<T>
    {
        VBuffer<T> values = default;
        return (ref VBuffer<T> destination) =>
        {
            source(ref values);
            ReadOnlySpan<T> given = values.GetValues();
            ReadOnlySpan<int> indices = values.GetIndices();
            VBufferEditor<T> editor = VBufferEditor.Create(ref destination, values.Length, given.Length);
            int count = 0;
            for (int i = 0; i < given.Length; i++)
            {
                int slot = values.IsDense ? i : indices[i];
                T value = T.IsNaN(given[i]) ? replacements[replacements.Length == 1 ? 0 : slot] : given[i];
                if (values.IsDense)
                {
                    editor.Values[i] = value;
                    count++;
                }
                else if (value != T.Zero)
                {
                    editor.Values[count] = value;
                    editor.Indices[count++] = slot;
                }
            }

            destination = editor.CommitTruncated(count);
        };
    }
}
