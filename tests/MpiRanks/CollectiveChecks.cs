// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.MpiRanks;

/// <summary>Every collective against what it says, at lengths around the sizes of blocks.</summary>
public static class CollectiveChecks
{
    private static readonly int[] Lengths = [0, 1, 7, 4095, 4096, 4097, 100_003];

    /// <summary>Checks.</summary>
    /// <exception cref="InvalidOperationException">One is wrong.</exception>
    public static void Run(ICollective ranks)
    {
        int size = ranks.Size, rank = ranks.Rank;
        foreach (int length in Lengths)
        {
            float[] floats = Numbers(length, i => (rank + 1) * (i % 1000));
            ranks.AllReduceSum(floats);
            Check(floats, i => size * (size + 1) / 2 * (i % 1000), "sum of floats");

            double[] doubles = [.. Numbers(length, i => (rank + 1) * (i % 1000))];
            ranks.AllReduceSum(doubles);
            Check([.. doubles.Select(value => (float)value)], i => size * (size + 1) / 2 * (i % 1000), "sum of doubles");

            float[] sent = Numbers(length * size, i => (1000 * rank) + (i % 997)), received = new float[length * size];
            ranks.AllToAll(sent, received);
            Check(received, i => (1000 * (i / length)) + (((rank * length) + (i % length)) % 997), "all to all");

            ranks.AllGather(sent.AsSpan(0, length), received);
            Check(received, i => (1000 * (i / length)) + (i % length % 997), "gather");

            Array.Clear(received);
            sent.AsSpan(0, length).CopyTo(received.AsSpan(rank * length));
            ranks.AllGather(received.AsSpan(rank * length, length), received);
            Check(received, i => (1000 * (i / length)) + (i % length % 997), "gather in place");

            double[] gathered = new double[length * size];
            ranks.AllGather([.. Numbers(length, i => rank + i)], gathered);
            Check([.. gathered.Select(value => (float)value)], i => (i / length) + (i % length), "gather of doubles");
            ranks.Barrier();
        }
        // (1 + 1e16) - 1e16 is 0 in doubles, and in no other order: sums go by rank.
        double[] order = [rank switch { 0 => 1, 1 => 1e16, 2 => -1e16, _ => 0 }];
        ranks.AllReduceSum(order);
        if (size > 2 && order[0] != 0)
        {
            throw new InvalidOperationException($"Rank {rank}: sums are not taken in the order of the ranks.");
        }
    }

    private static float[] Numbers(int length, Func<int, int> value) => [.. Enumerable.Range(0, length).Select(i => (float)value(i))];

    private static void Check(float[] values, Func<int, int> expected, string what)
    {
        for (int i = 0; i < values.Length; i++)
        {
            if (values[i] != expected(i))
            {
                throw new InvalidOperationException($"{what} of {values.Length}: [{i}] is {values[i]}, not {expected(i)}.");
            }
        }
    }
}
