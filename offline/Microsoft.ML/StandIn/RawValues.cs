// SPDX-License-Identifier: MIT
using System.Text.Json.Nodes;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>What is done with values of a raw type that is known only at run time.</summary>
internal abstract class RawValues
{
    /// <summary>For the raw type of a column type.</summary>
    internal static RawValues For(DataViewType type)
    {
        Type values = type is VectorDataViewType vector
            ? typeof(VectorValues<>).MakeGenericType(vector.ItemType.RawType)
            : typeof(ScalarValues<>).MakeGenericType(type.RawType);
        return (RawValues)Activator.CreateInstance(values, nonPublic: true);
    }

    /// <summary>An empty store for the values of a column.</summary>
    internal abstract ColumnStore NewStore();

    /// <summary>A getter of the column, as an untyped delegate.</summary>
    internal abstract Delegate GetterOf(DataViewRow row, DataViewSchema.Column column);

    /// <summary>A getter that does something before it gets.</summary>
    internal abstract Delegate Guarded(Delegate getter, Action check, Func<Exception, Exception> translate);

    /// <summary>The current value, boxed, in memory of its own.</summary>
    internal abstract Func<object> Boxed(DataViewRow row, DataViewSchema.Column column);

    internal abstract JsonNode ToJson(DataViewSchema.Annotations annotations, DataViewSchema.Column column);

    internal abstract void AddFromJson(DataViewSchema.Annotations.Builder builder, string kind, DataViewType type, JsonNode value);

    /// <summary>Values that are copied by assignment.</summary>
    private sealed class ScalarValues<T> : RawValues<T>
    {
        internal override T Copy(in T value) => value;

        protected override JsonNode Write(T value) => ItemJson<T>.Write(value);

        protected override T Read(JsonNode node) => ItemJson<T>.Read(node);
    }

    /// <summary>Vectors.</summary>
    private sealed class VectorValues<T> : RawValues<VBuffer<T>>
    {
        internal override VBuffer<T> Copy(in VBuffer<T> value)
        {
            VBuffer<T> copy = default;
            value.CopyTo(ref copy);
            return copy;
        }

        internal override void CopyTo(in VBuffer<T> value, ref VBuffer<T> target) => value.CopyTo(ref target);

        protected override JsonNode Write(VBuffer<T> value) => new JsonObject
        {
            ["Length"] = value.Length,
            ["Indices"] = value.IsDense ? null : ModelFormat.ToJson(value.GetIndices().ToArray()),
            ["Values"] = new JsonArray([.. value.GetValues().ToArray().Select(ItemJson<T>.Write)]),
        };

        protected override VBuffer<T> Read(JsonNode node)
        {
            T[] values = [.. node["Values"].AsArray().Select(ItemJson<T>.Read)];
            return new VBuffer<T>((int)node["Length"], values.Length, values, node["Indices"] is { } indices ? ModelFormat.FromJson<int[]>(indices) : null);
        }
    }
}
