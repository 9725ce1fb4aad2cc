// SPDX-License-Identifier: MIT
namespace Microsoft.ML.StandIn;

/// <summary>Extremes, mean and spread of the values of a slot that are numbers.</summary>
internal struct SlotStatistics
{
    internal static readonly SlotStatistics None = new() { _minimum = double.PositiveInfinity, _maximum = double.NegativeInfinity };

    private double _minimum;
    private double _maximum;
    private double _mean;
    private double _squares;
    private long _count;

    internal void Add(double value)
    {
        if (double.IsNaN(value))
        {
            return;
        }

        _minimum = Math.Min(_minimum, value);
        _maximum = Math.Max(_maximum, value);
        if (!double.IsFinite(value))
        {
            return;
        }

        // Welford's recurrence: no difference of large sums.
        _count++;
        double delta = value - _mean;
        _mean += delta / _count;
        _squares += delta * (value - _mean);
    }

    /// <summary>Scale and offset that bring the range to [0, 1], or to [-1, 1] with zero kept; a constant column becomes zero.</summary>
    internal readonly (double Scale, double Offset) MinMax(bool fixZero)
    {
        if (!(_minimum < _maximum))
        {
            return default;
        }

        return fixZero ? (1 / Math.Max(Math.Abs(_minimum), Math.Abs(_maximum)), 0) : (1 / (_maximum - _minimum), _minimum);
    }

    /// <summary>Scale and offset that bring the variance, or with zero kept the mean square, to one; a constant column becomes zero.</summary>
    internal readonly (double Scale, double Offset) MeanVariance(bool fixZero)
    {
        double variance = _count > 0 ? _squares / _count : 0;
        if (!(variance > 0))
        {
            return default;
        }

        return fixZero ? (1 / Math.Sqrt(variance + (_mean * _mean)), 0) : (1 / Math.Sqrt(variance), _mean);
    }
}
