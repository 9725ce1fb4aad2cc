// SPDX-License-Identifier: MIT
using System.Globalization;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>Classes that are numbers, booleans or times.</summary>
/// <remarks>
/// ML.NET's value mapping makes every key's values text. So that they keep their type, the index is mapped to the value and the
/// value, by a key mapping that was given the classes in their order, to the key.
/// </remarks>
internal sealed class TypedClassValues<T>(T[] values) : ClassValues(TypeOf(), values.Length)
    where T : unmanaged
{
    public override IReadOnlyList<string> Names { get; } = Array.AsReadOnly(Array.ConvertAll(values, value => Convert.ToString(value, CultureInfo.InvariantCulture) ?? ""));

    internal override IEstimator<ITransformer> MapIndexToKey(MLContext context, string keyColumn, string indexColumn, string scratchColumn)
    {
        var conversion = context.Transforms.Conversion;
        var order = context.Data.LoadFromEnumerable(values.Select(value => new ClassValueRow<T> { Value = value }));
        return conversion.MapValue(scratchColumn, values.Select((value, i) => KeyValuePair.Create((long)i, value)), indexColumn)
            .Append(conversion.MapValueToKey(keyColumn, scratchColumn, keyData: order))
            .Append(context.Transforms.DropColumns(scratchColumn));
    }

    private protected override void AddTo(DataViewSchema.Annotations.Builder builder)
    {
        VBuffer<T> all = new(values.Length, [.. values]);
        builder.Add("KeyValues", new VectorDataViewType(ItemType, values.Length), (ref VBuffer<T> target) => all.CopyTo(ref target));
    }

    private static PrimitiveDataViewType TypeOf() => default(T) switch
    {
        float => NumberDataViewType.Single,
        double => NumberDataViewType.Double,
        sbyte => NumberDataViewType.SByte,
        byte => NumberDataViewType.Byte,
        short => NumberDataViewType.Int16,
        ushort => NumberDataViewType.UInt16,
        int => NumberDataViewType.Int32,
        uint => NumberDataViewType.UInt32,
        long => NumberDataViewType.Int64,
        ulong => NumberDataViewType.UInt64,
        bool => BooleanDataViewType.Instance,
        DateTime => DateTimeDataViewType.Instance,
        DateTimeOffset => DateTimeOffsetDataViewType.Instance,
        TimeSpan => TimeSpanDataViewType.Instance,
        _ => throw new NotSupportedException($"Class values of type {typeof(T)} have no column type in ML.NET. Use text, numbers, booleans or times."),
    };
}
