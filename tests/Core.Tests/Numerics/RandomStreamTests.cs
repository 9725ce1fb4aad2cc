// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Core.Tests.Numerics;

/// <summary>Statistics are those of fixed seeds; bounds are five standard deviations of what is counted.</summary>
public sealed class RandomStreamTests
{
    private const int Count = 240_000;
    private static readonly BigInteger TwoTo64 = BigInteger.One << 64;

    [Fact]
    public void The_reference_gives_the_numbers_that_the_authors_programs_give()
    {
        // Published test vectors: SplitMix64 from 1234567, xoshiro256++ from the state 1, 2, 3, 4.
        Assert.Equal([6457827717110365317, 3203168211198807973, 9817491932198370423], SplitMix64(1234567).Take(3));
        Assert.Equal([41943041, 58720359, 3588806011781223, 3591011842654386, 9228616714210784205, 9973669472204895162], Xoshiro256([1, 2, 3, 4]).Take(6));
    }

    [Fact]
    public void A_stream_is_xoshiro256_plus_plus_seeded_by_SplitMix64()
    {
        static ulong Mix(BigInteger x) => SplitMix64(x).First();
        BigInteger key = Mix(Mix(Mix(Mix(42) + (BigInteger)7) + 8) + 9);
        var expected = Xoshiro256([Mix(key + 1), Mix(key + 2), Mix(key + 3), Mix(key + 4)]);
        RandomStream stream = new(42, 7, 8, 9);

        Assert.Equal(expected.Take(1000), Enumerable.Range(0, 1000).Select(_ => stream.NextUInt64()));
    }

    [Fact]
    public void Reseeding_forgets_everything()
    {
        RandomStream fresh = new(1, 2, 3, 4), used = new(9);
        used.NextNormal();

        used.Reseed(1, 2, 3, 4);

        Assert.Equal(fresh.NextNormal(), used.NextNormal());
        Assert.Equal(fresh.NextUInt64(), used.NextUInt64());
    }

    [Theory]
    [InlineData(2)]
    [InlineData(10)]
    [InlineData(97)]
    public void Numbers_below_a_bound_are_equally_likely(int bound)
    {
        int[] counts = new int[bound];
        RandomStream stream = new(11);
        for (int i = 0; i < Count; i++)
        {
            counts[stream.Next(bound)]++;
        }
        AssertUniform(counts);
    }

    [Fact]
    public void A_bound_that_does_not_divide_the_range_favours_no_number()
    {
        // Without rejection 3/8, 3/8 and 2/8 of the numbers below 3 * 2^29 would leave 0, 1 and 2 when divided by 3.
        int[] counts = new int[3];
        RandomStream stream = new(12);
        for (int i = 0; i < Count; i++)
        {
            counts[stream.Next(3 << 29) % 3]++;
        }
        AssertUniform(counts);
    }

    [Fact]
    public void Every_bit_of_floats_and_doubles_is_fair()
    {
        int[] singles = new int[24], doubles = new int[53];
        RandomStream stream = new(13);
        for (int i = 0; i < Count; i++)
        {
            float single = stream.NextSingle();
            double number = stream.NextDouble();
            Assert.True(single is >= 0 and < 1 && number is >= 0 and < 1);
            CountBits((long)(single * (1 << 24)), singles);
            CountBits((long)(number * (1L << 53)), doubles);
        }
        Assert.All([.. singles, .. doubles], ones => Assert.InRange(Math.Abs(ones - (Count / 2)), 0, 5 * Math.Sqrt(Count / 4.0)));

        static void CountBits(long bits, int[] ones)
        {
            for (int i = 0; i < ones.Length; i++)
            {
                ones[i] += (int)(bits >> i) & 1;
            }
        }
    }

    [Fact]
    public void Normal_numbers_have_the_moments_and_tails_of_the_normal_distribution()
    {
        RandomStream stream = new(14);
        double[] numbers = [.. Enumerable.Range(0, Count).Select(_ => stream.NextNormal())];

        AssertMean(numbers, 0, 1);
        AssertMean(numbers.Select(x => x * x), 1, 2);
        AssertMean(numbers.Select(x => x * x * x), 0, 15);
        AssertMean(numbers.Select(x => x * x * x * x), 3, 96);
        // Two successive ones come from one draw and must not be related.
        AssertMean(numbers.Zip(numbers.Skip(1), (x, y) => x * y), 0, 1);
        // Phi(-2), Phi(-1), Phi(0.5), from tables.
        foreach (var (at, probability) in new[] { (-2.0, 0.0227501319), (-1.0, 0.1586552539), (0.5, 0.6914624613) })
        {
            AssertMean(numbers.Select(x => x <= at ? 1.0 : 0), probability, probability * (1 - probability));
        }
    }

    [Fact]
    public void Filled_spans_have_the_bounds_and_the_deviation_asked_for()
    {
        float[] uniform = new float[Count], normal = new float[Count];
        new RandomStream(15).FillUniform(uniform, -3, 5);
        new RandomStream(15).FillNormal(normal, 0.25f);

        Assert.All(uniform, value => Assert.InRange(value, -3, 5));
        AssertMean(uniform.Select(value => (double)value), 1, 64 / 12.0);
        AssertMean(normal.Select(value => (double)value), 0, 1 / 16.0);
        AssertMean(normal.Select(value => (double)value * value), 1 / 16.0, 2 / 256.0);
    }

    [Fact]
    public void All_orders_are_equally_likely()
    {
        Dictionary<string, int> counts = [];
        RandomStream stream = new(16);
        for (int i = 0; i < Count; i++)
        {
            char[] items = ['a', 'b', 'c', 'd'];
            stream.Shuffle<char>(items);
            string order = new(items);
            counts[order] = counts.GetValueOrDefault(order) + 1;
        }
        Assert.Equal(24, counts.Count);
        AssertUniform([.. counts.Values]);
    }

    [Fact]
    public void Streams_of_neighbouring_names_are_unrelated()
    {
        RandomStream[] streams = [new(1), new(2), new(1, 1), new(1, 0, 1), new(1, 0, 0, 1), new(0, 1), new(1, 2)];
        double[][] numbers = [.. streams.Select(stream => Enumerable.Range(0, 20_000).Select(_ => stream.NextDouble() - 0.5).ToArray())];
        for (int i = 0; i < numbers.Length; i++)
        {
            for (int j = 0; j < i; j++)
            {
                AssertMean(numbers[i].Zip(numbers[j], (x, y) => 12 * x * y), 0, 1);
            }
        }
    }

    [Fact]
    public void A_bound_must_be_positive() => Assert.Throws<ArgumentOutOfRangeException>(() => new RandomStream(1).Next(0));

    // Pearson's statistic has as mean the degrees of freedom, and twice that as variance.
    private static void AssertUniform(int[] counts)
    {
        double expected = counts.Sum() / (double)counts.Length, freedom = counts.Length - 1;
        double statistic = counts.Sum(count => (count - expected) * (count - expected) / expected);
        Assert.InRange(statistic, 0, freedom + (5 * Math.Sqrt(2 * freedom)));
    }

    private static void AssertMean(IEnumerable<double> values, double mean, double variance)
    {
        double[] all = [.. values];
        Assert.InRange(Math.Abs(all.Average() - mean), 0, 5 * Math.Sqrt(variance / all.Length));
    }

    // The definitions in whole numbers of any size, reduced modulo 2^64 where the authors' programs overflow.
    private static IEnumerable<ulong> SplitMix64(BigInteger state)
    {
        while (true)
        {
            state = (state + 0x9E3779B97F4A7C15) % TwoTo64;
            BigInteger z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9 % TwoTo64;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB % TwoTo64;
            yield return (ulong)(z ^ (z >> 31));
        }
    }

    private static IEnumerable<ulong> Xoshiro256(BigInteger[] s)
    {
        static BigInteger Rotate(BigInteger x, int by) => ((x << by) | (x >> (64 - by))) % TwoTo64;
        while (true)
        {
            yield return (ulong)((Rotate((s[0] + s[3]) % TwoTo64, 23) + s[0]) % TwoTo64);
            BigInteger shifted = (s[1] << 17) % TwoTo64;
            s[2] ^= s[0];
            s[3] ^= s[1];
            s[1] ^= s[2];
            s[0] ^= s[3];
            s[2] ^= shifted;
            s[3] = Rotate(s[3], 45);
        }
    }
}
