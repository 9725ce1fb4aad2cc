// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using static MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation.Vectors;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

public sealed class ConsensusMomentumTests
{
    // Gradients of norm 1 with these agreements; only inner products matter, not whether there are such gradients.
    private static GramMatrix WithAgreements(double first, double second, double third)
    {
        GramMatrix gram = new(3);
        double[] agreements = [first, second, third];
        for (int i = 0; i < 3; i++)
        {
            gram[i, i] = 1;
        }
        // Three products from three row sums.
        double total = agreements.Sum(a => (3 * a) - 1) / 2;
        gram[0, 1] = gram[1, 0] = total - ((3 * third) - 1);
        gram[0, 2] = gram[2, 0] = total - ((3 * second) - 1);
        gram[1, 2] = gram[2, 1] = total - ((3 * first) - 1);
        return gram;
    }

    [Theory]
    [InlineData(MomentumAssignment.Scatter, 0.5, 0.9, 0.1)]
    [InlineData(MomentumAssignment.OfficialGather, 0.9, 0.1, 0.5)]
    public void The_first_step_hands_out_agreements_themselves_or_as_the_published_code_does(MomentumAssignment assignment, double a, double b, double c)
    {
        AdaptiveConsensus aggregator = new() { Assignment = assignment, Rescale = Rescale.None };
        double[] state = new double[4], weights = new double[3];

        aggregator.Combine(WithAgreements(0.5, 0.9, 0.1), state, weights);

        Equal([a / 1.5, b / 1.5, c / 1.5], weights);
        Equal([0.1, 0.5, 0.9, 1], state);
    }

    [Theory]
    [InlineData(MomentumAssignment.Scatter, 0.46, 0.90, 0.12)]
    [InlineData(MomentumAssignment.OfficialGather, 0.90, 0.12, 0.46)]
    public void The_second_step_smooths_order_statistics(MomentumAssignment assignment, double a, double b, double c)
    {
        AdaptiveConsensus aggregator = new() { Momentum = 0.8, Assignment = assignment, Rescale = Rescale.None };
        double[] state = new double[4], weights = new double[3];

        aggregator.Combine(WithAgreements(0.5, 0.9, 0.1), state, weights);
        // Sorted (0.2, 0.3, 0.9): 0.8 (0.1, 0.5, 0.9) + 0.2 (0.2, 0.3, 0.9).
        aggregator.Combine(WithAgreements(0.3, 0.9, 0.2), state, weights);

        Equal([0.12, 0.46, 0.90, 2], state);
        Equal([a / 1.48, b / 1.48, c / 1.48], weights);
    }

    [Fact]
    public void Of_equal_agreements_the_first_worker_gets_the_smaller_weight()
    {
        AdaptiveConsensus aggregator = new() { Momentum = 0.8, Rescale = Rescale.None };
        double[] state = new double[4], weights = new double[3];

        aggregator.Combine(WithAgreements(0.5, 0.9, 0.1), state, weights);
        aggregator.Combine(WithAgreements(0.3, 0.9, 0.3), state, weights);

        Equal([0.14 / 1.5, 0.90 / 1.5, 0.46 / 1.5], weights);
    }

    [Fact]
    public void Without_momentum_nothing_is_remembered()
    {
        AdaptiveConsensus aggregator = new() { Momentum = 0 };
        double[] state = new double[aggregator.StateLength(5)];
        for (ulong step = 0; step < 5; step++)
        {
            double[][] gradients = Vectors.Random(5, 10, step, common: 1);
            Equal(Update(aggregator, gradients), Update(aggregator, gradients, state));
        }
    }

    [Fact]
    public void What_is_remembered_stays_in_ascending_order()
    {
        AdaptiveConsensus aggregator = new();
        double[] state = new double[aggregator.StateLength(9)];
        for (ulong step = 0; step < 100; step++)
        {
            Coefficients(aggregator, Vectors.Random(9, 10, step), state);
            Assert.Equal(state[..9].Order(), state[..9]);
        }
    }

    [Fact]
    public void A_copied_state_goes_on_to_the_same_bits()
    {
        AdaptiveConsensus aggregator = new();
        double[] state = new double[aggregator.StateLength(6)];
        for (ulong step = 0; step < 7; step++)
        {
            Coefficients(aggregator, Vectors.Random(6, 10, step, common: 1), state);
        }
        double[] copy = [.. state];
        double[][] next = Vectors.Random(6, 10, 99, common: 1);

        Assert.Equal(Coefficients(aggregator, next, state), Coefficients(aggregator, next, copy));
    }
}
