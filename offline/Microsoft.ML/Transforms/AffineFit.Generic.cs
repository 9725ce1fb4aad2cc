// SPDX-License-Identifier: MIT
using System.Numerics;
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

internal sealed class AffineFit<T> : AffineFit
    where T : struct, IFloatingPointIeee754<T>
{
    internal AffineFit(DataViewType type)
        : base(type)
    {
    }

    internal override Action Reader(DataViewRow row, DataViewSchema.Column column)
    {
        if (column.Type is not VectorDataViewType)
        {
            ValueGetter<T> scalar = row.GetGetter<T>(column);
            T one = default;
            return () =>
            {
                scalar(ref one);
                Slots[0].Add(double.CreateChecked(one));
            };
        }

        ValueGetter<VBuffer<T>> vector = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> values = default;
        var dense = new T[Slots.Length];
        return () =>
        {
            vector(ref values);
            if (values.Length != dense.Length)
            {
                throw new InvalidOperationException($"Normalizer expected {dense.Length} slots, got {values.Length}");
            }

            values.CopyTo(dense);
            for (int i = 0; i < dense.Length; i++)
            {
                Slots[i].Add(double.CreateChecked(dense[i]));
            }
        };
    }
}
