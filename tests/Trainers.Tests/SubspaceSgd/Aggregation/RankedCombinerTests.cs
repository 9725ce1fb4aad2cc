// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;
using MLNetExtensions.Trainers.Tests.SubspaceSgd.Collectives;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

/// <summary>Gradients that lie on several ranks.</summary>
public sealed class RankedCombinerTests
{
    [Theory]
    [InlineData(2, 1, new[] { 100 }, AggregationGranularity.Model)]
    [InlineData(3, 2, new[] { 100 }, AggregationGranularity.Model)]
    [InlineData(4, 1, new[] { 1 }, AggregationGranularity.Model)]
    [InlineData(4, 2, new[] { 3 }, AggregationGranularity.Model)]
    [InlineData(4, 1, new[] { 70_001 }, AggregationGranularity.Model)]
    [InlineData(3, 1, new[] { 10, 0, 1, 25 }, AggregationGranularity.ParameterTensor)]
    [InlineData(5, 2, new[] { 2, 3 }, AggregationGranularity.ParameterTensor)]
    public void Ranks_come_to_what_one_process_comes_to_and_to_the_same_bits_each(int size, int localWorkers, int[] tensors, AggregationGranularity granularity)
    {
        foreach (IGradientAggregator aggregator in new IGradientAggregator[] { new Mean(), new Adasum(), new AdaptiveConsensus(), new AdaptiveConsensus { Rescale = Rescale.None } })
        {
            GradientCombiner alone = new(tensors, size * localWorkers, aggregator, granularity);
            var expected = Steps(alone, null, size * localWorkers);

            var results = Ranks.Run(size, ranks =>
            {
                GradientCombiner combiner = new(tensors, localWorkers, aggregator, granularity, ranks);
                return Steps(combiner, ranks, size * localWorkers);
            });

            foreach (var (update, combination, state) in results)
            {
                Assert.Equal(results[0].Update, update);
                Assert.Equal(results[0].Combination, combination);
                Assert.Equal(results[0].State, state);
            }
            Vectors.Equal(expected.Update, results[0].Update, 1e-6);
            Vectors.Equal(expected.State, results[0].State, 1e-9);
            Assert.Equal(expected.Combination.FellBack, results[0].Combination.FellBack);
            Assert.Equal(expected.Combination.UpdateNorm, results[0].Combination.UpdateNorm, 1e-6 * expected.Combination.UpdateNorm);
        }
    }

    [Fact]
    public void A_gradient_that_is_no_number_on_one_rank_is_known_to_all()
    {
        var results = Ranks.Run(3, ranks =>
        {
            GradientCombiner combiner = new([50], 1, new AdaptiveConsensus(), AggregationGranularity.Model, ranks);
            combiner.Gradient(0).Span.Fill(ranks.Rank == 1 ? float.NaN : 1);
            return (combiner.Combine().IsFinite, Update: combiner.Update.ToArray());
        });

        Assert.All(results, result => Assert.False(result.IsFinite));
        Assert.All(results, result => Assert.All(result.Update, value => Assert.Equal(0, value)));
    }

    [Fact]
    public void A_rank_without_a_gradient_leaves_the_others_their_update()
    {
        var results = Ranks.Run(3, ranks =>
        {
            GradientCombiner combiner = new([50], 1, new AdaptiveConsensus(), AggregationGranularity.Model, ranks);
            combiner.Gradient(0).Span.Fill(ranks.Rank == 1 ? 0 : 3);
            combiner.Combine();
            return combiner.Update.ToArray();
        });

        // The mean of (3, 0, 3) is 2, and so long is the update.
        Assert.All(results, update => Assert.All(update, value => Assert.Equal(2, value, 1e-6f)));
    }

    private static (double[] Update, Combination Combination, double[] State) Steps(GradientCombiner combiner, ICollective? ranks, int workers)
    {
        Combination combination = default;
        for (ulong step = 0; step < 3; step++)
        {
            double[][] gradients = Vectors.Random(workers, combiner.Update.Length, step, common: 0.7);
            for (int local = 0; local < combiner.LocalWorkers; local++)
            {
                int worker = (local * (ranks?.Size ?? 1)) + (ranks?.Rank ?? 0);
                for (int i = 0; i < gradients[worker].Length; i++)
                {
                    combiner.Gradient(local).Span[i] = (float)gradients[worker][i];
                }
            }
            combination = combiner.Combine();
        }
        return ([.. combiner.Update.ToArray().Select(value => (double)value)], combination, combiner.State.ToArray());
    }
}
