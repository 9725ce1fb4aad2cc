// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using MLNetExtensions.Trainers.SubspaceSgd.Collectives;

namespace MLNetExtensions.MpiRanks;

/// <summary>A few steps of combining gradients, the same for all who do them together.</summary>
public static class GradientSteps
{
    private const int Length = 50_021, Steps = 4;

    /// <summary>Combines gradients of four workers.</summary>
    /// <param name="ranks">Who shares them; null for nobody.</param>
    /// <param name="workers">The workers of all ranks.</param>
    /// <returns>The updates of all steps, what they came to, and what is remembered.</returns>
    public static RankResult Run(ICollective? ranks, int workers)
    {
        int size = ranks?.Size ?? 1, rank = ranks?.Rank ?? 0, local = workers / size;
        List<double> values = [];
        IGradientAggregator[] aggregators = [new Mean(), new UnitMean { Rescale = Rescale.None }, new Adasum(), new AdaptiveConsensus()];
        foreach (var aggregator in aggregators)
        {
            GradientCombiner combiner = new([Length - 21, 20, 1], local, aggregator, AggregationGranularity.ParameterTensor, ranks);
            for (ulong step = 0; step < Steps; step++)
            {
                for (int worker = 0; worker < local; worker++)
                {
                    new RandomStream(7, step, (ulong)((worker * size) + rank)).FillUniform(combiner.Gradient(worker).Span, -0.5f, 1);
                }
                var combination = combiner.Combine();
                values.AddRange(combiner.Update.ToArray().Select(value => (double)value));
                values.AddRange([combination.MeanNorm, combination.UpdateNorm, combination.Agreement, combination.FellBack ? 1 : 0]);
            }
            values.AddRange(combiner.State);
        }
        return new RankResult([.. values]);
    }
}
