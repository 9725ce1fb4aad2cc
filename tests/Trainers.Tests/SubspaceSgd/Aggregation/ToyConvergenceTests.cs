// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.SubspaceSgd;
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

/// <summary>The toy problem of the paper's authors.</summary>
public sealed class ToyConvergenceTests
{

    [Theory]
    [InlineData(8)]
    [InlineData(32)]
    public void Consensus_with_momentum_and_the_unit_mean_converge_where_the_mean_and_consensus_without_memory_do_not(int workers)
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            double[] losses = Train(128, 500, workers, seed, new AdaptiveConsensus(), new UnitMean(), new Mean(), new AdaptiveConsensus { Momentum = 0 });

            // Of the nine seeds of the benchmark the first three end at 9e-6 at most, and the others at 1.3 at least.
            Assert.True(losses[0] < 1e-3, $"consensus: {losses[0]}");
            Assert.True(losses[1] < 1e-3, $"unit mean: {losses[1]}");
            Assert.True(losses[2] > 0.1, $"mean: {losses[2]}");
            Assert.True(losses[3] > 0.1, $"without memory: {losses[3]}");
        }
    }

    [Fact]
    public void A_larger_batch_needs_few_steps()
    {
        for (ulong seed = 0; seed < 3; seed++)
        {
            double[] losses = Train(2048, 200, 32, seed, new AdaptiveConsensus(), new Mean());

            // Of the nine seeds of the benchmark consensus takes 36 to 179 steps to 1e-3.
            Assert.True(losses[0] < 1e-3, $"consensus: {losses[0]}");
            Assert.True(losses[1] > 0.1, $"mean: {losses[1]}");
        }
    }

    // The median of the last mini-batch losses: of the last fifty of a long training, of the last two of a short one.
    private static double[] Train(int batch, int steps, int workers, ulong seed, params IGradientAggregator[] aggregators)
    {
        ToyTraining[] trainings = [.. aggregators.Select(aggregator => new ToyTraining(workers, batch, aggregator, seed))];
        float[] rows = new float[batch * ToyTraining.Dimension];
        for (int miniBatch = 0; miniBatch < steps * ToyTraining.Accumulation; miniBatch++)
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
        int last = steps >= 500 ? 50 : 2;
        return [.. trainings.Select(training => training.Losses.TakeLast(last).Order().ElementAt(last / 2))];
    }
}
