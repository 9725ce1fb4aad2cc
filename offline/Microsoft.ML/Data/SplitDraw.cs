// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML.StandIn;

/// <summary>Draws a number in [0, 1) for each row: at random in the order of the rows, or by the value of a column.</summary>
internal sealed class SplitDraw
{
    private readonly int _seed;
    private readonly DataViewSchema.Column? _column;

    internal SplitDraw(DataViewSchema schema, string samplingKeyColumn, int seed)
    {
        _seed = seed;
        if (samplingKeyColumn is not null)
        {
            _column = schema.GetColumnOrNull(samplingKeyColumn)
                ?? throw new ArgumentOutOfRangeException(nameof(samplingKeyColumn), $"Could not find SamplingKeyColumn column '{samplingKeyColumn}'");
        }
    }

    /// <summary>The rows whose draw lies in, or outside of, this part.</summary>
    internal IDataView Rows(IDataView data, double from, double to, bool inside)
        => new FilteredView(data, false, _column is { } column ? [column] : [], row =>
        {
            Func<double> draw = For(row);
            return () =>
            {
                double value = draw();
                return (value >= from && value < to) == inside;
            };
        });

    private Func<double> For(DataViewRow row)
    {
        if (_column is not { } column)
        {
            var random = new Random(_seed);
            return random.NextDouble;
        }

        if (column.Type is KeyDataViewType key)
        {
            Func<object> read = RawValues.For(key).Boxed(row, column);
            return () => (Convert.ToUInt64(read(), null) - 0.5) / key.Count;
        }

        Func<object> value = RawValues.For(column.Type).Boxed(row, column);
        return () => Fraction(Text(value()));
    }

    private static string Text(object value)
        => value is System.Collections.IEnumerable items ? string.Join(' ', items.Cast<object>()) : value.ToString();

    // FNV-1a with a final mix: the upper bits are what is used.
    private double Fraction(string text)
    {
        ulong hash = 14695981039346656037UL ^ (uint)_seed;
        foreach (char c in text)
        {
            hash = (hash ^ c) * 1099511628211UL;
        }

        hash = (hash ^ (hash >> 30)) * 0xbf58476d1ce4e5b9UL;
        hash = (hash ^ (hash >> 27)) * 0x94d049bb133111ebUL;
        return ((hash ^ (hash >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
