// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Applies a function to a scalar or to each element of a vector.</summary>
internal static class ItemMapping
{
    /// <summary>
    /// A getter of mapped values. A sparse vector stays sparse where the default maps to the default; <paramref name="compact"/>
    /// leaves defaults out of the result as <see cref="VectorWriter{T}"/> does.
    /// </summary>
    internal static Delegate MakeGetter<TIn, TOut>(DataViewRow row, DataViewSchema.Column source, Func<TIn, TOut> map, bool compact)
        => source.Type is not VectorDataViewType ? Scalar(row.GetGetter<TIn>(source), map)
            : compact ? Compact(row.GetGetter<VBuffer<TIn>>(source), map)
            : Plain(row.GetGetter<VBuffer<TIn>>(source), map);

    private static ValueGetter<TOut> Scalar<TIn, TOut>(ValueGetter<TIn> source, Func<TIn, TOut> map)
    {
        TIn value = default;
        return (ref TOut destination) =>
        {
            source(ref value);
            destination = map(value);
        };
    }

    private static ValueGetter<VBuffer<TOut>> Compact<TIn, TOut>(ValueGetter<VBuffer<TIn>> source, Func<TIn, TOut> map)
    {
        VBuffer<TIn> values = default;
        var writer = new VectorWriter<TOut>();
        IEqualityComparer<TOut> equality = ItemKinds.Equality<TOut>();
        return (ref VBuffer<TOut> destination) =>
        {
            source(ref values);
            writer.Reset(values.Length);
            int at = 0;
            foreach (TIn value in values.DenseValues())
            {
                TOut mapped = map(value);
                if (!equality.Equals(mapped, default))
                {
                    writer.Add(at, mapped);
                }

                at++;
            }

            writer.WriteTo(ref destination);
        };
    }

    private static ValueGetter<VBuffer<TOut>> Plain<TIn, TOut>(ValueGetter<VBuffer<TIn>> source, Func<TIn, TOut> map)
    {
        VBuffer<TIn> values = default;
        TOut ofDefault = map(default);
        bool keepsSparse = ItemKinds.Equality<TOut>().Equals(ofDefault, default);
        return (ref VBuffer<TOut> destination) =>
        {
            source(ref values);
            ReadOnlySpan<TIn> given = values.GetValues();
            bool dense = values.IsDense || !keepsSparse;
            VBufferEditor<TOut> editor = VBufferEditor.Create(ref destination, values.Length, dense ? values.Length : given.Length);
            if (dense && !values.IsDense)
            {
                editor.Values.Fill(ofDefault);
                ReadOnlySpan<int> indices = values.GetIndices();
                for (int i = 0; i < given.Length; i++)
                {
                    editor.Values[indices[i]] = map(given[i]);
                }
            }
            else
            {
                for (int i = 0; i < given.Length; i++)
                {
                    editor.Values[i] = map(given[i]);
                }

                values.GetIndices().CopyTo(editor.Indices);
            }

            destination = editor.Commit();
        };
    }
}
