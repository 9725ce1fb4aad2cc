// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Tells whether the value of a column is missing, or some of its items are.</summary>
internal static class MissingValues
{
    /// <summary>What makes the test for a row; throws for a type that knows no missing values.</summary>
    internal static Func<DataViewRow, Func<bool>> For(DataViewSchema.Column column)
    {
        PrimitiveDataViewType item = column.Type is VectorDataViewType vector ? vector.ItemType : column.Type as PrimitiveDataViewType;
        return (item, item?.RawType) switch
        {
            (KeyDataViewType, Type type) when type == typeof(byte) => Test<byte>(column, v => v == 0),
            (KeyDataViewType, Type type) when type == typeof(ushort) => Test<ushort>(column, v => v == 0),
            (KeyDataViewType, Type type) when type == typeof(uint) => Test<uint>(column, v => v == 0),
            (KeyDataViewType, _) => Test<ulong>(column, v => v == 0),
            (_, Type type) when type == typeof(float) => Test<float>(column, float.IsNaN),
            (_, Type type) when type == typeof(double) => Test<double>(column, double.IsNaN),
            _ => throw new ArgumentOutOfRangeException("Columns", $"Column '{column.Name}' has type {column.Type} which does not support missing values, so we cannot filter on them"),
        };
    }

    private static Func<DataViewRow, Func<bool>> Test<T>(DataViewSchema.Column column, Predicate<T> isMissing) => row =>
    {
        if (column.Type is VectorDataViewType)
        {
            ValueGetter<VBuffer<T>> vector = row.GetGetter<VBuffer<T>>(column);
            VBuffer<T> items = default;
            return () =>
            {
                vector(ref items);
                foreach (T item in items.GetValues())
                {
                    if (isMissing(item))
                    {
                        return true;
                    }
                }

                return !items.IsDense && isMissing(default);
            };
        }

        ValueGetter<T> scalar = row.GetGetter<T>(column);
        T value = default;
        return () =>
        {
            scalar(ref value);
            return isMissing(value);
        };
    };
}
