// SPDX-License-Identifier: MIT
using FsCheck;
using FsCheck.Fluent;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

public sealed class DescentTests
{
    [Fact]
    public void Whatever_the_gradients_the_update_is_a_descent_direction()
    {
        IGradientAggregator[] aggregators =
        [
            new UnitMean(), new Adasum(), new AdaptiveConsensus(), new AdaptiveConsensus { Momentum = 0 }, new AdaptiveConsensus { Rescale = Rescale.None, Momentum = 0 },
            new AdaptiveConsensus { Assignment = MomentumAssignment.OfficialGather }, new Climbing(-1), new Climbing(double.NaN),
        ];
        var cases = Gen.Choose(1, 9).SelectMany(workers => Gen.Choose(1, 4).SelectMany(length => Gen.Choose(0, int.MaxValue).Select(seed => (workers, length, seed))));
        int fallbacks = 0;

        Prop.ForAll(cases.ToArbitrary(), drawn =>
        {
            foreach (var aggregator in aggregators)
            {
                // Few coordinates and little in common: workers disagree as they seldom do in practice.
                GradientCombiner combiner = new([drawn.length], drawn.workers, aggregator, AggregationGranularity.Model);
                for (ulong step = 0; step < 4; step++)
                {
                    double[][] gradients = GradientCombinerTests.Fill(combiner, drawn.workers, drawn.length, ((ulong)drawn.seed << 2) + step);
                    fallbacks += combiner.Combine().FellBack ? 1 : 0;
                    double[] mean = Vectors.Mean(gradients), update = [.. combiner.Update.ToArray().Select(value => (double)value)];
                    double descent = Vectors.Dot(mean, update), rounding = 1e-6 * gradients.Max(Vectors.Norm) * Vectors.Norm(mean);
                    Assert.True(descent >= -rounding, $"{aggregator}, step {step}: {descent}");
                }
            }
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(300).WithReplay(1, 3));

        Assert.True(fallbacks > 2400, $"{fallbacks} fallbacks: the test did not test the test");
    }

    [Fact]
    public void Two_small_gradients_against_a_large_one_give_the_mean_and_count_as_fallback()
    {
        GradientCombiner combiner = Combiner(new AdaptiveConsensus { Momentum = 0 }, 10, -1, -1);

        Assert.True(combiner.Combine().FellBack);
        Assert.Equal(8 / 3f, combiner.Update[0], 1e-6f);
    }

    [Fact]
    public void The_official_policy_stays_an_ascent_by_name()
    {
        GradientCombiner combiner = Combiner(
            new AdaptiveConsensus { Momentum = 0, Rescale = Rescale.None, DescentPolicy = DescentPolicy.Official }, 10, -1, -1);

        Assert.False(combiner.Combine().FellBack);
        Assert.Equal(-3f, combiner.Update[0], 1e-6f);
    }

    [Fact]
    public void A_fallback_is_no_longer_than_what_was_chosen()
    {
        GradientCombiner combiner = Combiner(new Climbing(-0.01), 10, 8, 6);

        Assert.True(combiner.Combine().FellBack);
        Assert.Equal(0.24f, combiner.Update[0], 1e-6f);
    }

    [Theory]
    [InlineData(double.NaN)]
    [InlineData(double.PositiveInfinity)]
    [InlineData(1e38)]
    public void Coefficients_that_are_no_use_give_the_mean_and_leave_the_memory(double coefficient)
    {
        GradientCombiner combiner = Combiner(new Climbing(coefficient), 10, 8, 6);
        combiner.State[0] = 5;

        Assert.True(combiner.Combine().FellBack);
        Assert.Equal(8f, combiner.Update[0], 1e-5f);
        Assert.Equal(5, combiner.State[0]);
    }

    [Fact]
    public void Gradients_that_cancel_give_no_step()
    {
        GradientCombiner combiner = Combiner(new UnitMean(), 3, -3);

        Assert.Equal(new Combination(true, false, 0, 0, 0), combiner.Combine());
        Assert.Equal(0, combiner.Update[0]);
    }

    private static GradientCombiner Combiner(IGradientAggregator aggregator, params float[] gradients)
    {
        GradientCombiner combiner = new([1], gradients.Length, aggregator, AggregationGranularity.Model);
        for (int w = 0; w < gradients.Length; w++)
        {
            combiner.Gradient(w).Span[0] = gradients[w];
        }
        return combiner;
    }

    // A user's aggregator gone wrong.
    private sealed record Climbing(double Coefficient) : IGradientAggregator
    {
        public int StateLength(int workers) => 1;

        public void Combine(GramMatrix gram, Span<double> state, Span<double> coefficients)
        {
            state[0] = double.NaN;
            coefficients.Fill(Coefficient);
        }
    }
}
