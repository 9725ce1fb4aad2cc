// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using static MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation.Vectors;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

public sealed class AdaptiveConsensusTests
{
    private static readonly AdaptiveConsensus AsPublished = new() { Rescale = Rescale.None };
    private static readonly AdaptiveConsensus Memoryless = new() { Rescale = Rescale.None, Momentum = 0 };

    [Theory]
    [InlineData(2, 0.99, MomentumAssignment.Scatter)]
    [InlineData(7, 0.99, MomentumAssignment.Scatter)]
    [InlineData(8, 0.5, MomentumAssignment.Scatter)]
    [InlineData(8, 0, MomentumAssignment.Scatter)]
    [InlineData(32, 0.9, MomentumAssignment.Scatter)]
    [InlineData(7, 0.99, MomentumAssignment.OfficialGather)]
    [InlineData(32, 0, MomentumAssignment.OfficialGather)]
    public void The_form_from_inner_products_equals_the_published_one_with_two_all_reduces(int workers, double momentum, MomentumAssignment assignment)
    {
        AdaptiveConsensus aggregator = new() { Momentum = momentum, Assignment = assignment, Rescale = Rescale.None, DescentPolicy = DescentPolicy.Official };
        PublishedConsensus published = new(momentum, assignment == MomentumAssignment.OfficialGather);
        double[] state = new double[aggregator.StateLength(workers)];

        for (ulong step = 0; step < 30; step++)
        {
            // Agreement of some size keeps the sum of the weights away from zero, where both lose digits.
            double[][] gradients = Vectors.Random(workers, 40, step, common: 0.7);
            Equal(published.Update(gradients), Update(aggregator, gradients, state), 1e-11);
        }
    }

    [Fact]
    public void Equal_gradients_give_their_direction_and_rescaled_themselves()
    {
        double[] gradient = Vectors.Random(1, 12, 3)[0];
        double[][] gradients = [.. Enumerable.Repeat(gradient, 5)];

        Equal(Scale(gradient, 1 / Norm(gradient)), Update(AsPublished, gradients));
        Equal(gradient, Update(AsPublished with { Rescale = Rescale.MeanOfNorms }, gradients));
        Equal(gradient, Update(AsPublished with { Rescale = Rescale.NormOfMean }, gradients));
    }

    [Fact]
    public void One_worker_has_its_own_direction()
    {
        double[][] gradients = Vectors.Random(1, 12, 4);

        Equal(Scale(gradients[0], 1 / Norm(gradients[0])), Update(AsPublished, gradients));
        Equal(gradients[0], Update(new AdaptiveConsensus(), gradients));
    }

    [Theory]
    [InlineData(Rescale.NormOfMean)]
    [InlineData(Rescale.MeanOfNorms)]
    [InlineData(Rescale.None)]
    public void Renaming_workers_renames_the_weights_and_leaves_the_update_even_with_momentum_and_ties(Rescale rescale)
    {
        AdaptiveConsensus aggregator = new() { Rescale = rescale };
        double[] state = new double[aggregator.StateLength(8)], renamedState = new double[aggregator.StateLength(8)];
        RandomStream random = new(5);
        for (ulong step = 0; step < 5; step++)
        {
            double[][] gradients = Vectors.Random(8, 20, step, common: 0.6);
            gradients[3] = gradients[6];
            int[] names = [.. Enumerable.Range(0, 8)];
            random.Shuffle<int>(names);
            double[][] renamed = [.. names.Select(i => gradients[i])];

            double[] weights = Coefficients(aggregator, gradients, state), renamedWeights = Coefficients(aggregator, renamed, renamedState);

            Equal(Sum(gradients, weights), Sum(renamed, renamedWeights), 1e-12);
            if (step == 0)
            {
                Equal([.. names.Select(i => weights[i])], renamedWeights);
            }
        }
    }

    [Fact]
    public void A_common_factor_changes_nothing_without_momentum()
    {
        double[][] gradients = Vectors.Random(6, 20, 6);

        Equal(Update(Memoryless, gradients), Update(Memoryless, [.. gradients.Select(g => Scale(g, 1e-5))]));
    }

    [Fact]
    public void A_common_factor_that_changes_between_steps_shows_in_the_memory()
    {
        double[][] first = Vectors.Random(6, 20, 7, common: 1), second = Vectors.Random(6, 20, 8, common: 1);
        double[] After(double factor)
        {
            double[] state = new double[AsPublished.StateLength(6)];
            Update(AsPublished, first, state);
            return Update(AsPublished, [.. second.Select(g => Scale(g, factor))], state);
        }

        Assert.True(Norm(Add(After(1), Scale(After(1000), -1))) > 1e-3);
    }

    [Fact]
    public void One_workers_length_counts_through_the_mean_that_others_agree_with_or_not()
    {
        double[][] gradients = Vectors.Random(6, 20, 9, common: 0.1);
        double[] before = Update(Memoryless, gradients);
        gradients[2] = Scale(gradients[2], 50);
        double[] after = Update(Memoryless, gradients);

        Assert.True(Dot(before, after) / (Norm(before) * Norm(after)) < 0.9);
    }

    [Fact]
    public void Turning_all_gradients_turns_the_update()
    {
        double[][] gradients = Vectors.Random(5, 16, 10);
        double[] mirror = Vectors.Random(1, 16, 11)[0];
        double[] Turn(double[] g) => Add(g, Scale(mirror, -2 * Dot(mirror, g) / Dot(mirror, mirror)));

        Equal(Turn(Update(AsPublished, gradients)), Update(AsPublished, [.. gradients.Select(Turn)]));
    }

    [Fact]
    public void Orthogonal_gradients_weigh_as_long_as_they_are_and_give_the_direction_of_the_mean()
    {
        double[][] gradients = [[2, 0, 0, 0], [0, 3, 0, 0], [0, 0, 0, 5]];

        double[] coefficients = Coefficients(AsPublished, gradients);

        Equal([0.2, 0.3, 0.5], Weights(coefficients, gradients));
        Equal(Scale(Mean(gradients), 3 / 10.0), Sum(gradients, coefficients));
    }

    [Fact]
    public void Weights_add_up_to_one_and_no_update_of_positive_ones_is_longer_than_one()
    {
        double[] state = new double[AsPublished.StateLength(8)];
        int positive = 0;
        for (ulong step = 0; step < 200; step++)
        {
            double[][] gradients = Vectors.Random(8, 20, step, common: 0.5);
            double[] coefficients = Coefficients(AsPublished, gradients, state), weights = Weights(coefficients, gradients);
            Assert.Equal(1, weights.Sum(), 1e-10);
            if (weights.Min() >= 0)
            {
                positive++;
                Assert.True(Norm(Sum(gradients, coefficients)) <= 1 + 1e-9);
            }
        }
        Assert.True(positive > 100, $"only {positive} steps had positive weights");
    }

    [Fact]
    public void The_official_policy_climbs_where_two_small_gradients_outvote_a_large_one()
    {
        AdaptiveConsensus official = Memoryless with { DescentPolicy = DescentPolicy.Official };

        Equal([-3], Update(official, [[10], [-1], [-1]]));
        Assert.True(official.AllowsAscent);
        Assert.False(new AdaptiveConsensus().AllowsAscent);
    }

    [Fact]
    public void Agreements_without_a_sum_ask_for_the_mean()
    {
        double[] coefficients = Coefficients(Memoryless, [[10], [-1], [-1]]);

        Assert.All(coefficients, c => Assert.True(double.IsNaN(c)));
    }

    [Fact]
    public void A_gradient_of_zeros_has_no_weight_and_does_not_disturb_the_others()
    {
        double[][] gradients = Vectors.Random(4, 12, 12, common: 2);
        gradients[1] = new double[12];

        double[] weights = Weights(Coefficients(AsPublished, gradients), gradients);

        Assert.Equal(0, weights[1]);
        Assert.Equal(1, weights.Sum(), 1e-12);
    }

    [Fact]
    public void Directions_are_unbiased_and_lengths_are_not()
    {
        RandomStream random = new(13);
        double[] sum = new double[20];
        for (int draw = 0; draw < 20_000; draw++)
        {
            double[][] gradients = new double[8][];
            for (int i = 0; i < 8; i++)
            {
                gradients[i] = [.. Enumerable.Range(0, 20).Select(k => (k == 0 ? 1 : 0) + (0.5 * random.NextNormal()))];
            }
            sum = Add(sum, Update(Memoryless, gradients));
        }

        Assert.True(sum[0] / Norm(sum) > 0.999);
        // The measured bias of length at this noise, as documentation.
        Assert.Equal(0.444, sum[0] / 20_000, 0.01);
    }

    [Theory]
    [InlineData(-0.1)]
    [InlineData(1)]
    [InlineData(double.NaN)]
    public void Momentum_outside_its_range_is_refused(double momentum) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveConsensus { Momentum = momentum });

    [Fact]
    public void Choices_that_do_not_exist_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveConsensus { Rescale = (Rescale)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveConsensus { Assignment = (MomentumAssignment)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new AdaptiveConsensus { DescentPolicy = (DescentPolicy)9 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new UnitMean { Rescale = (Rescale)9 });
    }
}
