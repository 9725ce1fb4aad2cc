// SPDX-License-Identifier: MIT
using System.Numerics;
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>Reads a row's columns into plain values, for algorithms that know nothing of data views.</summary>
public static class ColumnReaders
{
    /// <summary>Copies the row's vector into a span; zeros where a sparse vector says nothing.</summary>
    public delegate void VectorReader<T>(Span<T> destination);

    /// <summary>A reader of a vector of fixed length, dense or sparse, or of a scalar as a vector of one.</summary>
    /// <exception cref="ArgumentException">The column has no items of that type.</exception>
    public static VectorReader<T> Vector<T>(DataViewRow row, string name)
    {
        var column = Find(row, name);
        if (column.Type.RawType == typeof(T))
        {
            var scalar = row.GetGetter<T>(column);
            return destination => scalar(ref destination[0]);
        }
        if (column.Type.RawType != typeof(VBuffer<T>))
        {
            throw new ArgumentException($"Column '{name}' is {column.Type}; a vector of {typeof(T).Name} is needed. Convert it with Conversion.ConvertType.", nameof(name));
        }
        var getter = row.GetGetter<VBuffer<T>>(column);
        VBuffer<T> value = default;
        return destination =>
        {
            getter(ref value);
            if (value.Length != destination.Length)
            {
                throw new InvalidOperationException($"A row of column '{name}' has {value.Length} items; {destination.Length} are needed.");
            }
            value.CopyTo(destination);
        };
    }

    /// <summary>A reader of a number as Single: any number type, or a boolean as 0 or 1. Keys are refused: their numbers are names.</summary>
    /// <exception cref="ArgumentException">The column is not a number.</exception>
    public static Func<float> Number(DataViewRow row, string name)
    {
        var column = Find(row, name);
        return column.Type switch
        {
            BooleanDataViewType => Of<bool>(row, column, value => value ? 1 : 0),
            NumberDataViewType => Generic.Call<Func<float>>(typeof(ColumnReaders), nameof(Convert), [column.Type.RawType], row, column),
            _ => throw new ArgumentException($"Column '{name}' is {column.Type}; a number is needed. Convert it with Conversion.ConvertType.", nameof(name)),
        };
    }

    /// <summary>A reader of a key: 0 is missing, the first class is 1.</summary>
    /// <exception cref="ArgumentException">The column is not a key.</exception>
    public static Func<ulong> Key(DataViewRow row, string name)
    {
        var column = Find(row, name);
        return (column.Type is KeyDataViewType ? column.Type.RawType : null) switch
        {
            { } type when type == typeof(byte) => Of<byte, ulong>(row, column, value => value),
            { } type when type == typeof(ushort) => Of<ushort, ulong>(row, column, value => value),
            { } type when type == typeof(uint) => Of<uint, ulong>(row, column, value => value),
            { } type when type == typeof(ulong) => Of<ulong, ulong>(row, column, value => value),
            _ => throw new ArgumentException($"Column '{name}' is {column.Type}; a key is needed. Map its values with Conversion.MapValueToKey.", nameof(name)),
        };
    }

    /// <summary>A reader of a boolean.</summary>
    /// <exception cref="ArgumentException">The column is not a boolean.</exception>
    public static Func<bool> Boolean(DataViewRow row, string name)
    {
        var column = Find(row, name);
        return column.Type is BooleanDataViewType
            ? Of<bool, bool>(row, column, value => value)
            : throw new ArgumentException($"Column '{name}' is {column.Type}; a Boolean is needed. Convert it with Conversion.ConvertType.", nameof(name));
    }

    /// <summary>A reader of a text; each call makes a string.</summary>
    /// <exception cref="ArgumentException">The column is not text.</exception>
    public static Func<string> Text(DataViewRow row, string name)
    {
        var column = Find(row, name);
        return column.Type is TextDataViewType
            ? Of<ReadOnlyMemory<char>, string>(row, column, value => value.ToString())
            : throw new ArgumentException($"Column '{name}' is {column.Type}; text is needed. Convert it with Conversion.ConvertType.", nameof(name));
    }

    /// <summary>A reader of the weight of a row; always 1 where rows have none.</summary>
    public static Func<float> Weight(DataViewRow row, string? name) => name is null ? () => 1 : Number(row, name);

    /// <summary>A reader of the group of a row; always 0 where rows have none.</summary>
    public static Func<ulong> Group(DataViewRow row, string? name) => name is null ? () => 0 : Key(row, name);

    private static DataViewSchema.Column Find(DataViewRow row, string name)
    {
        ArgumentNullException.ThrowIfNull(row);
        return row.Schema.GetColumnOrNull(name) ?? throw new ArgumentException($"There is no column '{name}'. The columns are: {string.Join(", ", row.Schema.Select(c => $"'{c.Name}'"))}.", nameof(name));
    }

    private static Func<float> Convert<T>(DataViewRow row, DataViewSchema.Column column)
        where T : INumberBase<T> => Of<T>(row, column, float.CreateTruncating);

    private static Func<float> Of<T>(DataViewRow row, DataViewSchema.Column column, Func<T, float> convert) => Of<T, float>(row, column, convert);

    private static Func<TResult> Of<T, TResult>(DataViewRow row, DataViewSchema.Column column, Func<T, TResult> convert)
    {
        var getter = row.GetGetter<T>(column);
        T value = default!;
        return () =>
        {
            getter(ref value);
            return convert(value);
        };
    }
}
