// SPDX-License-Identifier: MIT
using System.Numerics;

namespace MLNetExtensions.Numerics;

/// <summary>Random numbers that are named: the same seed and stream give the same numbers on every machine, whatever other streams did.</summary>
/// <remarks>
/// The generator is xoshiro256++ (Blackman and Vigna, 2019), its state filled by SplitMix64's finaliser from the seed and up to three numbers that name
/// the stream, such as epoch and worker: nothing need be kept for a checkpoint beyond those. Not safe for several threads at once.
/// </remarks>
public sealed class RandomStream
{
    private ulong _s0, _s1, _s2, _s3;
    private double _spareNormal = double.NaN;

    /// <summary>Begins a stream.</summary>
    public RandomStream(ulong seed, ulong a = 0, ulong b = 0, ulong c = 0) => Reseed(seed, a, b, c);

    /// <summary>Begins another stream with this object.</summary>
    public void Reseed(ulong seed, ulong a = 0, ulong b = 0, ulong c = 0)
    {
        ulong key = Mix(Mix(Mix(Mix(seed) + a) + b) + c);
        _s0 = Mix(key + 1);
        _s1 = Mix(key + 2);
        _s2 = Mix(key + 3);
        _s3 = Mix(key + 4);
        _spareNormal = double.NaN;
    }

    /// <summary>64 random bits.</summary>
    public ulong NextUInt64()
    {
        ulong result = BitOperations.RotateLeft(_s0 + _s3, 23) + _s0;
        ulong shifted = _s1 << 17;
        _s2 ^= _s0;
        _s3 ^= _s1;
        _s1 ^= _s2;
        _s0 ^= _s3;
        _s2 ^= shifted;
        _s3 = BitOperations.RotateLeft(_s3, 45);
        return result;
    }

    /// <summary>A number from 0 up to, and without, the bound; all equally likely.</summary>
    public int Next(int bound)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(bound);
        // Lemire's multiplication; the rejection makes all numbers equally likely.
        uint limit = (uint)bound;
        ulong product = (NextUInt64() >> 32) * limit;
        if ((uint)product < limit)
        {
            uint threshold = unchecked((uint)-(int)limit) % limit;
            while ((uint)product < threshold)
            {
                product = (NextUInt64() >> 32) * limit;
            }
        }
        return (int)(product >> 32);
    }

    /// <summary>Uniform in [0, 1).</summary>
    public float NextSingle() => (NextUInt64() >> 40) * (1f / (1 << 24));

    /// <summary>Uniform in [0, 1).</summary>
    public double NextDouble() => (NextUInt64() >> 11) * (1.0 / (1L << 53));

    /// <summary>Normal with mean 0 and variance 1.</summary>
    public double NextNormal()
    {
        if (!double.IsNaN(_spareNormal))
        {
            double spare = _spareNormal;
            _spareNormal = double.NaN;
            return spare;
        }
        // Marsaglia's polar method gives two at a time.
        double x, y, square;
        do
        {
            x = (2 * NextDouble()) - 1;
            y = (2 * NextDouble()) - 1;
            square = (x * x) + (y * y);
        }
        while (square is >= 1 or 0);
        double factor = Math.Sqrt(-2 * Math.Log(square) / square);
        _spareNormal = y * factor;
        return x * factor;
    }

    /// <summary>Fills a span with numbers uniform from low to high; the last bit may round up to high.</summary>
    public void FillUniform(Span<float> destination, float low, float high)
    {
        foreach (ref float value in destination)
        {
            value = low + ((high - low) * NextSingle());
        }
    }

    /// <summary>Fills a span with normal numbers of mean 0.</summary>
    public void FillNormal(Span<float> destination, float standardDeviation)
    {
        foreach (ref float value in destination)
        {
            value = (float)(standardDeviation * NextNormal());
        }
    }

    /// <summary>Puts items into random order (Fisher and Yates).</summary>
    public void Shuffle<T>(Span<T> items)
    {
        for (int i = items.Length - 1; i > 0; i--)
        {
            int j = Next(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    // SplitMix64's increment and finaliser.
    private static ulong Mix(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return x ^ (x >> 31);
    }
}
