// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.StandIn;

namespace Microsoft.ML.Data;

/// <summary>Puts columns of one type into a vector.</summary>
[TransformerLoader("ConcatTransform")]
public sealed class ColumnConcatenatingTransformer : RowToRowTransformerBase
{
    private readonly string _output;
    private readonly string[] _inputs;

    internal ColumnConcatenatingTransformer(string output, string[] inputs)
    {
        _output = output;
        _inputs = inputs;
    }

    internal static ColumnConcatenatingTransformer Load(ModelLoadContext context)
        => new((string)context.State["Output"], ModelFormat.FromJson<string[]>(context.State["Inputs"]));

    internal override RowMapper MakeRowMapper(DataViewSchema inputSchema)
    {
        DataViewSchema.Column[] sources = [.. _inputs.Select(name => inputSchema.Required(name))];
        PrimitiveDataViewType item = InputColumns.ItemOf(sources[0].Type);
        foreach (DataViewSchema.Column source in sources)
        {
            if (!InputColumns.ItemOf(source.Type).Equals(item))
            {
                throw InputColumns.Mismatch(source.Name, item.ToString(), source.Type.ToString());
            }
        }

        if (sources.Length == 1 && sources[0].Type is VectorDataViewType)
        {
            DataViewSchema.Column only = sources[0];
            return new ColumnMapper(inputSchema, new ColumnMapping(new DataViewSchema.DetachedColumn(_output, only.Type, only.Annotations), sources, row => RowGetters.Of(row, only)));
        }

        bool variable = sources.Any(s => s.Type is VectorDataViewType { IsKnownSize: false });
        int size = variable ? 0 : sources.Sum(s => s.Type is VectorDataViewType vector ? vector.Size : 1);
        var added = new DataViewSchema.DetachedColumn(_output, new VectorDataViewType(item, size), ConcatenatedAnnotations.Of(sources, variable));
        return new ColumnMapper(inputSchema, new ColumnMapping(
            added, sources, row => RowGetters.Call<Delegate>(typeof(ColumnConcatenatingTransformer), null, nameof(MakeGetter), [item.RawType], row, sources)));
    }

    internal override void SaveModel(ModelSaveContext ctx)
        => ctx.SetState("ConcatTransform", new JsonObject { ["Output"] = _output, ["Inputs"] = ModelFormat.ToJson(_inputs) });

    private static ValueGetter<VBuffer<T>> MakeGetter<T>(DataViewRow row, DataViewSchema.Column[] sources)
    {
        var scalars = new ValueGetter<T>[sources.Length];
        var vectors = new ValueGetter<VBuffer<T>>[sources.Length];
        for (int i = 0; i < sources.Length; i++)
        {
            if (sources[i].Type is VectorDataViewType)
            {
                vectors[i] = row.GetGetter<VBuffer<T>>(sources[i]);
            }
            else
            {
                scalars[i] = row.GetGetter<T>(sources[i]);
            }
        }

        var values = new VBuffer<T>[sources.Length];
        return (ref VBuffer<T> destination) =>
        {
            int length = 0, count = 0;
            for (int i = 0; i < sources.Length; i++)
            {
                if (vectors[i] is not null)
                {
                    vectors[i](ref values[i]);
                }
                else
                {
                    VBufferEditor<T> one = VBufferEditor.Create(ref values[i], 1);
                    scalars[i](ref one.Values[0]);
                    values[i] = one.Commit();
                }

                length += values[i].Length;
                count += values[i].GetValues().Length;
            }

            Join(values, length, count, ref destination);
        };
    }

    private static void Join<T>(VBuffer<T>[] values, int length, int count, ref VBuffer<T> destination)
    {
        bool dense = count > length / 2;
        VBufferEditor<T> editor = VBufferEditor.Create(ref destination, length, dense || count == length ? length : count);
        int at = 0, offset = 0;
        foreach (ref readonly VBuffer<T> part in values.AsSpan())
        {
            if (dense)
            {
                part.CopyTo(editor.Values, offset);
            }
            else
            {
                ReadOnlySpan<T> explicitValues = part.GetValues();
                ReadOnlySpan<int> indices = part.GetIndices();
                for (int i = 0; i < explicitValues.Length; i++, at++)
                {
                    editor.Values[at] = explicitValues[i];
                    editor.Indices[at] = offset + (part.IsDense ? i : indices[i]);
                }
            }

            offset += part.Length;
        }

        destination = editor.Commit();
    }
}
