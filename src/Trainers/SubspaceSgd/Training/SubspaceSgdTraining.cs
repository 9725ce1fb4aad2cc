// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Synchronous data-parallel mini-batch training, without ML.NET.</summary>
/// <remarks>
/// The rows are dealt out to N logical workers. At each step every worker computes a gradient on its slice of the mini-batch, an aggregator
/// combines the N gradients, and the optimiser makes a step of the result, the same on all ranks. Threads only execute workers: what comes out
/// depends on the seed, on N and on the rows, never on the number of threads.
/// </remarks>
public static class SubspaceSgdTraining
{
    /// <summary>Trains a model.</summary>
    /// <param name="task">What labels mean.</param>
    /// <param name="rows">The rows to train on: this rank's part of them where there are ranks.</param>
    /// <param name="validation">Rows to measure the loss on; null for the part of the rows that the options say.</param>
    /// <param name="outputs">How many scores a row has: 1, or as many as there are classes.</param>
    /// <param name="options">How to train; names of columns are not looked at.</param>
    /// <returns>The parameters and what happened; the same on all ranks.</returns>
    /// <exception cref="ArgumentException">Rows and options don't belong together.</exception>
    /// <exception cref="OperationCanceledException">It was cancelled.</exception>
    public static TrainingResult Run(TrainingTask task, TrainingData rows, TrainingData? validation, int outputs, SubspaceSgdOptions options)
    {
        ArgumentNullException.ThrowIfNull(rows);
        ArgumentNullException.ThrowIfNull(options);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outputs);
        RankGroup ranks = new(options.Collective);
        return ranks.Guard(() =>
        {
            using TrainingLoop loop = new(TrainingSetup.Of(task, rows, validation, outputs, options, ranks));
            return loop.Run();
        });
    }
}
