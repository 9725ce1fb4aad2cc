// SPDX-License-Identifier: MIT
using System.Collections.Immutable;
using System.Numerics;
using Microsoft.ML.Data;
using Microsoft.ML.Transforms;

namespace Microsoft.ML.StandIn;

internal sealed class AffineMap<T> : AffineMap
    where T : struct, IFloatingPointIeee754<T>
{
    private readonly T[] _scale;
    private readonly T[] _offset;

    internal AffineMap(DataViewType type, double[] scale, double[] offset)
        : base(type)
    {
        _scale = [.. scale.Select(T.CreateChecked)];
        _offset = offset is null ? null : [.. offset.Select(T.CreateChecked)];
    }

    internal override NormalizingTransformer.NormalizerModelParametersBase Parameters
        => Type is VectorDataViewType
            ? new NormalizingTransformer.AffineNormalizerModelParameters<ImmutableArray<T>>([.. _scale], _offset is null ? [] : [.. _offset])
            : new NormalizingTransformer.AffineNormalizerModelParameters<T>(_scale[0], _offset is null ? default : _offset[0]);

    internal override (double[] Scale, double[] Offset) Numbers => ([.. _scale.Select(double.CreateChecked)], _offset?.Select(double.CreateChecked).ToArray());

    internal override Delegate MakeGetter(DataViewRow row, DataViewSchema.Column column)
        => Type is VectorDataViewType ? VectorGetter(row.GetGetter<VBuffer<T>>(column)) : ScalarGetter(row.GetGetter<T>(column));

    private ValueGetter<T> ScalarGetter(ValueGetter<T> source)
    {
        T scale = _scale[0], offset = _offset?[0] ?? T.Zero;
        return (ref T value) =>
        {
            source(ref value);
            value = (value - offset) * scale;
        };
    }

    private ValueGetter<VBuffer<T>> VectorGetter(ValueGetter<VBuffer<T>> source)
    {
        var writer = new VectorWriter<T>();
        T[] scale = _scale, offset = _offset, dense = new T[scale.Length];
        VBuffer<T> values = default;
        return (ref VBuffer<T> destination) =>
        {
            source(ref values);
            if (values.Length != scale.Length)
            {
                throw new InvalidOperationException($"Normalizer expected {scale.Length} slots, got {values.Length}");
            }

            writer.Reset(scale.Length);
            values.CopyTo(dense);
            for (int i = 0; i < dense.Length; i++)
            {
                T scaled = offset is null ? dense[i] * scale[i] : (dense[i] - offset[i]) * scale[i];
                if (scaled != T.Zero)
                {
                    writer.Add(i, scaled);
                }
            }

            writer.WriteTo(ref destination);
        };
    }
}
