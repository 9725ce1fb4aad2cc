// SPDX-License-Identifier: MIT
using System.Diagnostics;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Tells where the training stands at the end of each epoch, and once a second in between.</summary>
internal sealed class ProgressReporter(IProgress<TrainingProgress>? progress, long steps)
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private long _last = Stopwatch.GetTimestamp();

    /// <summary>After a step.</summary>
    public void Tick(TrainingState state, TrainingStep step, double loss)
    {
        if (progress is not null && Stopwatch.GetElapsedTime(_last) >= Interval)
        {
            Report(state.Epoch + 1, state, step, loss);
        }
    }

    /// <summary>After an epoch.</summary>
    public void EndOfEpoch(TrainingState state, TrainingStep step)
    {
        if (progress is not null)
        {
            Report(state.Epoch, state, step, state.Loss);
        }
    }

    private void Report(int epoch, TrainingState state, TrainingStep step, double loss)
    {
        var combination = step.Combination;
        progress!.Report(new TrainingProgress(
            epoch, step.Count, steps, loss, state.ValidationLoss, step.LearningRate, combination.MeanNorm, combination.UpdateNorm, combination.Agreement, step.Coefficients.ToArray()));
        _last = Stopwatch.GetTimestamp();
    }
}
