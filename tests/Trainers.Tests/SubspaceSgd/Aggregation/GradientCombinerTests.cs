// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Training;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

public sealed class GradientCombinerTests
{
    // Floats that are summed over few workers, against doubles.
    private const double Rounding = 1e-6;

    [Theory]
    [InlineData(1, 1)]
    [InlineData(1, 7)]
    [InlineData(2, 8)]
    [InlineData(3, 31)]
    [InlineData(4, 1000)]
    [InlineData(5, 1025)]
    [InlineData(8, 40_000)]
    [InlineData(33, 517)]
    public void The_update_is_that_of_the_vectors_in_doubles(int workers, int length)
    {
        foreach (IGradientAggregator aggregator in new IGradientAggregator[] { new Mean(), new UnitMean(), new Adasum(), new AdaptiveConsensus() })
        {
            GradientCombiner combiner = new([length], workers, aggregator, AggregationGranularity.Model);
            double[][] gradients = Fill(combiner, workers, length, seed: 1);

            var combination = combiner.Combine();

            double[] expected = Vectors.Update(aggregator, gradients);
            Vectors.Equal(expected, [.. combiner.Update.ToArray().Select(value => (double)value)], Rounding);
            Assert.True(combination is { IsFinite: true, FellBack: false });
            Assert.Equal(Vectors.Norm(Vectors.Mean(gradients)), combination.MeanNorm, 1e-6 * combination.MeanNorm);
            Assert.Equal(Vectors.Norm(expected), combination.UpdateNorm, 1e-6 * combination.UpdateNorm);
            Assert.Equal(
                Math.Pow(Vectors.Norm(Vectors.Mean(gradients)), 2) / gradients.Average(g => Vectors.Dot(g, g)), combination.Agreement, 1e-6);
        }
    }

    [Fact]
    public void Inner_products_are_exact_to_the_rounding_of_doubles()
    {
        const int Workers = 7, Length = 5003;
        GradientCombiner combiner = new([Length], Workers, new Mean(), AggregationGranularity.Model);
        double[][] gradients = Fill(combiner, Workers, Length, seed: 2);
        GradientSlice[] slices = [.. gradients.Select(g => new GradientSlice([0, .. g.Select(value => (float)value)], 1))];
        double[] products = new double[Workers * Workers];

        GramKernel.InnerProducts(slices, 0, Length, products);

        Vectors.Equal(Vectors.Gram(gradients).Values.ToArray(), products, 1e-13);
    }

    [Fact]
    public void Threads_do_not_change_a_bit()
    {
        const int Workers = 6, Length = 700_001;
        float[] Combined(ThreadTeam? team)
        {
            GradientCombiner combiner = new([300_000, 1, 400_000], Workers, new AdaptiveConsensus(), AggregationGranularity.ParameterTensor, null, team);
            Fill(combiner, Workers, Length, seed: 3);
            combiner.Combine();
            return combiner.Update.ToArray();
        }
        using ThreadTeam three = new(3), two = new(2);

        float[] alone = Combined(null);

        Assert.Equal(alone, Combined(two));
        Assert.Equal(alone, Combined(three));
    }

    [Fact]
    public void Each_tensor_has_coefficients_of_its_own_where_asked()
    {
        const int Workers = 4;
        int[] lengths = [10, 0, 1, 25];
        GradientCombiner combiner = new(lengths, Workers, new AdaptiveConsensus(), AggregationGranularity.ParameterTensor);
        for (ulong step = 0; step < 3; step++)
        {
            Fill(combiner, Workers, 36, seed: 4 + step);
            combiner.Combine();
        }
        int start = 0;
        foreach (int length in lengths)
        {
            if (length > 0)
            {
                GradientCombiner alone = new([length], Workers, new AdaptiveConsensus(), AggregationGranularity.Model);
                for (ulong step = 0; step < 3; step++)
                {
                    Fill(combiner, Workers, 36, seed: 4 + step);
                    for (int w = 0; w < Workers; w++)
                    {
                        combiner.Gradient(w).Span.Slice(start, length).CopyTo(alone.Gradient(w).Span);
                    }
                    alone.Combine();
                }
                Assert.Equal(alone.Update.ToArray(), combiner.Update.Slice(start, length).ToArray());
            }
            start += length;
        }
    }

    [Fact]
    public void One_tensor_by_itself_is_the_whole_model()
    {
        float[] Combined(AggregationGranularity granularity)
        {
            GradientCombiner combiner = new([500], 5, new AdaptiveConsensus(), granularity);
            Fill(combiner, 5, 500, seed: 5);
            combiner.Combine();
            return combiner.Update.ToArray();
        }

        Assert.Equal(Combined(AggregationGranularity.Model), Combined(AggregationGranularity.ParameterTensor));
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_gradient_that_is_no_number_gives_no_update_and_is_told(float bad)
    {
        GradientCombiner combiner = new([50], 4, new AdaptiveConsensus(), AggregationGranularity.Model);
        Fill(combiner, 4, 50, seed: 6);
        combiner.Combine();
        double[] state = combiner.State.ToArray();
        combiner.Gradient(2).Span[49] = bad;

        Assert.False(combiner.Combine().IsFinite);

        Assert.All(combiner.Update.ToArray(), value => Assert.Equal(0, value));
        Assert.Equal(state, combiner.State.ToArray());
    }

    [Fact]
    public void Gradients_of_zeros_give_zeros_and_one_among_others_is_left_out()
    {
        GradientCombiner combiner = new([50], 4, new AdaptiveConsensus(), AggregationGranularity.Model);

        Assert.Equal(new Combination(true, false, 0, 0, 0), combiner.Combine());
        Assert.All(combiner.Update.ToArray(), value => Assert.Equal(0, value));

        Fill(combiner, 4, 50, seed: 7);
        combiner.Gradient(1).Span.Clear();
        combiner.Combine();
        Assert.All(combiner.Update.ToArray(), value => Assert.True(float.IsFinite(value)));
        Assert.Equal(0, combiner.Coefficients[1]);
    }

    [Fact]
    public void Nothing_is_allocated_after_the_first_step()
    {
        using ThreadTeam team = new(2);
        GradientCombiner combiner = new([100_000, 3], 8, new AdaptiveConsensus(), AggregationGranularity.Model, null, team);
        Fill(combiner, 8, 100_003, seed: 8);
        combiner.Combine();

        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int step = 0; step < 10; step++)
        {
            combiner.Combine();
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    internal static double[][] Fill(GradientCombiner combiner, int workers, int length, ulong seed)
    {
        double[][] gradients = Vectors.Random(workers, length, seed);
        for (int w = 0; w < workers; w++)
        {
            TensorPrimitives.ConvertTruncating<double, float>(gradients[w], combiner.Gradient(w).Span);
            gradients[w] = [.. combiner.Gradient(w).ToArray().Select(value => (double)value)];
        }
        return gradients;
    }
}
