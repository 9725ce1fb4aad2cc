// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>What is done with values of one raw type.</summary>
internal abstract class RawValues<T> : RawValues
{
    /// <summary>The value in memory of its own.</summary>
    internal abstract T Copy(in T value);

    /// <summary>Copies into a value, reusing its memory.</summary>
    internal virtual void CopyTo(in T value, ref T target) => target = value;

    internal override ColumnStore NewStore() => new ColumnStore<T>(this);

    internal override Delegate GetterOf(DataViewRow row, DataViewSchema.Column column) => row.GetGetter<T>(column);

    internal override Delegate Guarded(Delegate getter, Action check, Func<Exception, Exception> translate)
    {
        var inner = (ValueGetter<T>)getter;
        return (ValueGetter<T>)((ref T value) =>
        {
            check();
            try
            {
                inner(ref value);
            }
            catch (Exception exception) when (translate(exception) is { } translated)
            {
                throw translated;
            }
        });
    }

    internal override Func<object> Boxed(DataViewRow row, DataViewSchema.Column column)
    {
        ValueGetter<T> getter = row.GetGetter<T>(column);
        return () =>
        {
            T value = default;
            getter(ref value);
            return value;
        };
    }

    internal override JsonNode ToJson(DataViewSchema.Annotations annotations, DataViewSchema.Column column)
    {
        T value = default;
        annotations.GetGetter<T>(column)(ref value);
        return Write(value);
    }

    internal override void AddFromJson(DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, JsonNode value)
    {
        T kept = Read(value);
        builder.Add(kind, type, (ref T target) => CopyTo(kept, ref target));
    }

    protected abstract JsonNode Write(T value);

    protected abstract T Read(JsonNode node);
}
