// SPDX-License-Identifier: MIT
using MLNetExtensions.Networks.Losses;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SubspaceSgd.Models;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Synchronous data-parallel mini-batch training, without ML.NET.</summary>
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
        options.Validate();
        var loss = options.Loss ?? throw new NotSupportedException();
        TargetCoding coding = new(task, outputs, loss, options.ClassWeights);
        LinearModel model = new(rows.Features, outputs, loss);
        int count = (int)rows.Count;
        int workers = Math.Min(options.Workers ?? 4, count);
        int[][] shards = [.. Enumerable.Range(0, workers).Select(w => Enumerable.Range(0, count).Where(row => row % workers == w).ToArray())];
        TrainingPlan plan = new([.. shards.Select(shard => (long)shard.Length)], Math.Clamp(options.BatchSize ?? 256, workers, count), options.GradientAccumulation);
        return new TrainingLoop(model, coding, plan, (TrainingRows)rows, shards, options).Run();
    }
}
