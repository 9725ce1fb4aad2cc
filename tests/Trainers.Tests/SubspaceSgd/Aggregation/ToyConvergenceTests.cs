// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

/// <summary>The toy problem of the paper's authors, at its smaller batch.</summary>
public sealed class ToyConvergenceTests
{
    private const int Batch = 128, Steps = 500;

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void Consensus_with_momentum_and_the_unit_mean_converge_where_the_mean_and_consensus_without_memory_do_not(int workers)
    {
        for (ulong seed = 0; seed < 2; seed++)
        {
            double[] losses = Train(workers, seed, new AdaptiveConsensus(), new UnitMean(), new Mean(), new AdaptiveConsensus { Momentum = 0 });

            // Of the nine seeds of the benchmark these end at 7e-6 at most, and the others at 6 at least.
            Assert.True(losses[0] < 1e-3, $"consensus: {losses[0]}");
            Assert.True(losses[1] < 1e-3, $"unit mean: {losses[1]}");
            Assert.True(losses[2] > 0.1, $"mean: {losses[2]}");
            Assert.True(losses[3] > 0.1, $"without memory: {losses[3]}");
        }
    }

    private static double[] Train(int workers, ulong seed, params IGradientAggregator[] aggregators)
    {
        ToyTraining[] trainings = [.. aggregators.Select(aggregator => new ToyTraining(workers, Batch, aggregator, seed))];
        float[] rows = new float[Batch * ToyTraining.Dimension];
        for (int miniBatch = 0; miniBatch < Steps * ToyTraining.Accumulation; miniBatch++)
        {
            ToyTraining.Draw(rows, seed, miniBatch);
            foreach (var training in trainings)
            {
                training.Accumulate(rows);
                if (miniBatch % ToyTraining.Accumulation == ToyTraining.Accumulation - 1)
                {
                    training.Step();
                }
            }
        }
        return [.. trainings.Select(training => training.Losses.TakeLast(50).Order().ElementAt(25))];
    }
}
