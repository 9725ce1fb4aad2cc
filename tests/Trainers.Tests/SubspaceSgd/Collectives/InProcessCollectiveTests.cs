// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Collectives;

public sealed class InProcessCollectiveTests
{
    [Theory]
    [InlineData(1, 5)]
    [InlineData(2, 1)]
    [InlineData(3, 7)]
    [InlineData(4, 0)]
    [InlineData(5, 1003)]
    public void Every_rank_gets_the_sum(int size, int length)
    {
        var sums = Ranks.Run(size, ranks =>
        {
            float[] floats = [.. Enumerable.Range(0, length).Select(i => (float)((ranks.Rank + 1) * i))];
            double[] doubles = [.. Enumerable.Range(0, length).Select(i => (double)((ranks.Rank + 1) * i))];
            for (int round = 0; round < 50; round++)
            {
                float[] copy = [.. floats];
                ranks.AllReduceSum(copy);
                Assert.Equal(floats.Select(value => value / (ranks.Rank + 1) * size * (size + 1) / 2), copy);
            }
            ranks.AllReduceSum(doubles);
            return doubles;
        });

        Assert.All(sums, sum => Assert.Equal(Enumerable.Range(0, length).Select(i => (double)i * size * (size + 1) / 2), sum));
    }

    [Fact]
    public void Sums_are_taken_in_the_order_of_the_ranks()
    {
        var sums = Ranks.Run(3, ranks =>
        {
            // (1 + 1e16) - 1e16 is 0 in doubles, and in no other order.
            double[] values = [ranks.Rank switch { 0 => 1, 1 => 1e16, _ => -1e16 }];
            ranks.AllReduceSum(values);
            return values[0];
        });

        Assert.Equal([0, 0, 0], sums);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    public void Blocks_arrive_where_they_belong_in_the_order_of_the_ranks(int size)
    {
        Ranks.Run(size, ranks =>
        {
            float[] sent = [.. Enumerable.Range(0, 3 * size).Select(i => (float)((100 * ranks.Rank) + i))], received = new float[3 * size];
            ranks.AllToAll(sent, received);
            Assert.Equal(Enumerable.Range(0, 3 * size).Select(i => (float)((100 * (i / 3)) + (3 * ranks.Rank) + (i % 3))), received);

            ranks.AllGather(sent.AsSpan(0, 3), received);
            Assert.Equal(Enumerable.Range(0, 3 * size).Select(i => (float)((100 * (i / 3)) + (i % 3))), received);

            double[] gathered = new double[2 * size];
            ranks.AllGather([ranks.Rank, -ranks.Rank], gathered);
            Assert.Equal(Enumerable.Range(0, 2 * size).Select(i => (double)(i % 2 == 0 ? i / 2 : -(i / 2))), gathered);
            ranks.Barrier();
            return 0;
        });
    }

    [Fact]
    public void A_block_may_be_gathered_from_where_it_goes()
    {
        Ranks.Run(3, ranks =>
        {
            float[] values = new float[6];
            values.AsSpan(2 * ranks.Rank, 2).Fill(ranks.Rank + 1);
            ranks.AllGather(values.AsSpan(2 * ranks.Rank, 2), values);
            Assert.Equal([1, 1, 2, 2, 3, 3], values);
            return 0;
        });
    }

    [Fact]
    public void A_rank_that_gives_up_is_named_to_those_who_wait_and_to_those_who_come_later()
    {
        var failures = Assert.Throws<AggregateException>(() => Ranks.Run(4, ranks =>
        {
            if (ranks.Rank == 2)
            {
                throw new InvalidOperationException("no disk");
            }
            Thread.Sleep(30 * ranks.Rank);
            ranks.Barrier();
            return 0;
        }));

        var told = failures.InnerExceptions.OfType<CollectiveException>().ToArray();
        Assert.Equal(3, told.Length);
        Assert.All(told, failure => Assert.Equal((2, "Rank 2 can't go on: no disk"), (failure.Rank, failure.Message)));
    }

    [Fact]
    public void Ranks_that_call_different_methods_or_lengths_are_told_so()
    {
        var methods = Assert.Throws<AggregateException>(() => Ranks.Run(3, ranks =>
        {
            if (ranks.Rank == 1)
            {
                ranks.Barrier();
            }
            else
            {
                ranks.AllReduceSum(new double[2]);
            }
            return 0;
        }));
        var lengths = Assert.Throws<AggregateException>(() => Ranks.Run(3, ranks =>
        {
            ranks.AllReduceSum(new double[ranks.Rank == 1 ? 5 : 4]);
            return 0;
        }));

        Assert.Contains("called Barrier with 0 values where rank", methods.Flatten().InnerExceptions.Select(e => e.Message).First(m => m.StartsWith("Rank 1", StringComparison.Ordinal)), StringComparison.Ordinal);
        Assert.Contains("with 5 values where rank", lengths.Flatten().InnerExceptions.Select(e => e.Message).First(m => m.StartsWith("Rank 1", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void Blocks_of_wrong_length_are_refused_at_once()
    {
        var alone = InProcessCollective.Create(2)[0];

        Assert.Throws<ArgumentException>(() => alone.AllGather(new float[3], new float[5]));
        Assert.Throws<ArgumentException>(() => alone.AllToAll(new float[3], new float[3]));
        Assert.Throws<ArgumentException>(() => alone.AllToAll(new float[4], new float[2]));
    }
}
