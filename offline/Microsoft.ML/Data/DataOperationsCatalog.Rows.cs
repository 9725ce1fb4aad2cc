// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.StandIn;

namespace Microsoft.ML;

public sealed partial class DataOperationsCatalog
{
    public IDataView Cache(IDataView input, params string[] columnsToPrefetch)
    {
        ArgumentNullException.ThrowIfNull(input);
        return new CacheView(input, columnsToPrefetch);
    }

    public IDataView ShuffleRows(IDataView input, int? seed = null, int shufflePoolSize = 1000, bool shuffleSource = true)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (shufflePoolSize <= 0)
        {
            throw new ArgumentOutOfRangeException(nameof(shufflePoolSize), "Must be positive");
        }

        return new ShuffledView(input, seed ?? Environment.Register(nameof(ShuffleRows)).Rand.Next(), shufflePoolSize, shuffleSource);
    }

    public IDataView TakeRows(IDataView input, long count) => new SkipTakeView(Checked(input, count), 0, count);

    public IDataView SkipRows(IDataView input, long count) => new SkipTakeView(Checked(input, count), count, long.MaxValue);

    public IDataView FilterRowsByColumn(IDataView input, string columnName, double lowerBound = double.NegativeInfinity, double upperBound = double.PositiveInfinity)
    {
        ArgumentNullException.ThrowIfNull(input);
        if (upperBound <= lowerBound)
        {
            throw new ArgumentOutOfRangeException(nameof(upperBound), "Must be less than lowerBound");
        }

        DataViewSchema.Column column = input.Schema[columnName];
        if (column.Type is not NumberDataViewType)
        {
            throw new ArgumentOutOfRangeException(nameof(columnName), $"Schema mismatch for filter column '{columnName}': expected number, got {column.Type}");
        }

        if (column.Type.RawType != typeof(float) && column.Type.RawType != typeof(double))
        {
            throw new ArgumentOutOfRangeException("Column", $"Column '{columnName}' does not have compatible type");
        }

        return new FilteredView(input, input.CanShuffle, [column], row => column.Type.RawType == typeof(float)
            ? InRange(row.GetGetter<float>(column), v => v >= lowerBound && v < upperBound)
            : InRange(row.GetGetter<double>(column), v => v >= lowerBound && v < upperBound));
    }

    public IDataView FilterRowsByMissingValues(IDataView input, params string[] columns)
    {
        ArgumentNullException.ThrowIfNull(input);
        DataViewSchema.Column[] found = [.. columns.Select(name => input.Schema[name])];
        foreach (DataViewSchema.Column column in found)
        {
            _ = MissingValues.For(column);
        }

        return new FilteredView(input, input.CanShuffle, found, row =>
        {
            Func<bool>[] missing = [.. found.Select(c => MissingValues.For(c)(row))];
            return () => !Array.Exists(missing, isMissing => isMissing());
        });
    }

    private static Func<bool> InRange<T>(ValueGetter<T> getter, Func<T, bool> test)
    {
        T value = default;
        return () =>
        {
            getter(ref value);
            return test(value);
        };
    }

    private static IDataView Checked(IDataView input, long count)
    {
        ArgumentNullException.ThrowIfNull(input);
        return count > 0 ? input : throw new ArgumentOutOfRangeException(nameof(count), "Must be greater than zero.");
    }
}
