// SPDX-License-Identifier: MIT
using System.Diagnostics;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>Times steps by the reports of a training, so that what comes before the first one does not count.</summary>
internal sealed class StepClock : IProgress<TrainingProgress>
{
    private (long Step, long Time)? _first;
    private (long Step, long Time) _last;

    /// <summary>The mean between the first report and the last.</summary>
    public double SecondsOfAStep => _first is { } first && _last.Step > first.Step
        ? Stopwatch.GetElapsedTime(first.Time, _last.Time).TotalSeconds / (_last.Step - first.Step)
        : double.NaN;

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _last = (value.Step, Stopwatch.GetTimestamp());
        _first ??= _last;
    }
}
