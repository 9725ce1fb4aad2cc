// SPDX-License-Identifier: MIT
using System.Globalization;

namespace MLNetExtensions.Benchmarks.Harness;

/// <summary>One axis of a chart.</summary>
internal sealed class ChartAxis
{
    private const int MostTicks = 6;

    private readonly bool _logarithmic;
    private readonly double _low;
    private readonly double _high;

    public ChartAxis(double low, double high, bool logarithmic)
    {
        _logarithmic = logarithmic;
        (_low, _high) = (Scaled(low), Scaled(high));
        if (_high - _low < 1e-12 * Math.Max(1, Math.Abs(_high)))
        {
            (_low, _high) = (_low - 0.5, _high + 0.5);
        }
    }

    /// <summary>Where a value lies, from 0 at the beginning to 1 at the end.</summary>
    public double Part(double value) => (Scaled(value) - _low) / (_high - _low);

    /// <summary>Round values: 1, 2 and 5 times powers of ten, at most a handful.</summary>
    public IEnumerable<double> Ticks() => !_logarithmic || _high - _low < 0.5 ? Even() : _high - _low < 3 ? OneTwoFive() : PowersOfTen();

    /// <summary>A value as text.</summary>
    public static string Label(double value) =>
        value != 0 && Math.Abs(value) is < 1e-3 or >= 1e5 ? value.ToString("0.##e0", CultureInfo.InvariantCulture) : value.ToString("0.####", CultureInfo.InvariantCulture);

    private IEnumerable<double> PowersOfTen()
    {
        int first = (int)Math.Ceiling(_low - 1e-9), last = (int)Math.Floor(_high + 1e-9), step = Math.Max(1, (last - first + MostTicks) / MostTicks);
        for (int power = first; power <= last; power += step)
        {
            yield return Math.Pow(10, power);
        }
    }

    private IEnumerable<double> OneTwoFive()
    {
        for (int power = (int)Math.Floor(_low); power <= _high; power++)
        {
            foreach (int digit in new[] { 1, 2, 5 })
            {
                double tick = digit * Math.Pow(10, power);
                if (Part(tick) is > -1e-9 and < 1 + 1e-9)
                {
                    yield return tick;
                }
            }
        }
    }

    private IEnumerable<double> Even()
    {
        double low = _logarithmic ? Math.Pow(10, _low) : _low, high = _logarithmic ? Math.Pow(10, _high) : _high;
        double rough = (high - low) / MostTicks, power = Math.Pow(10, Math.Floor(Math.Log10(rough)));
        double step = power * (rough <= power ? 1 : rough <= 2 * power ? 2 : rough <= 5 * power ? 5 : 10);
        for (double index = Math.Ceiling((low / step) - 1e-9); index * step <= high + (1e-9 * step); index++)
        {
            yield return index * step;
        }
    }

    private double Scaled(double value) => _logarithmic ? Math.Log10(value) : value;
}
