// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>Classes with names.</summary>
internal sealed class TextClassValues(string[] values) : ClassValues(TextDataViewType.Instance, values.Length)
{
    public override IReadOnlyList<string> Names => Array.AsReadOnly(values);

    internal override IEstimator<ITransformer> MapIndexToKey(MLContext context, string keyColumn, string indexColumn, string scratchColumn) =>
        context.Transforms.Conversion.MapValue(keyColumn, values.Select((value, i) => KeyValuePair.Create((long)i, value)), indexColumn, treatValuesAsKeyType: true);

    private protected override void AddTo(DataViewSchema.Annotations.Builder builder)
    {
        VBuffer<ReadOnlyMemory<char>> texts = new(values.Length, Array.ConvertAll(values, value => value.AsMemory()));
        builder.Add("KeyValues", new VectorDataViewType(TextDataViewType.Instance, values.Length), (ref VBuffer<ReadOnlyMemory<char>> target) => texts.CopyTo(ref target));
    }
}
