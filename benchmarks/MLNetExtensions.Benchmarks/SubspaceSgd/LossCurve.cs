// SPDX-License-Identifier: MIT
using MLNetExtensions.Benchmarks.Harness;
using MLNetExtensions.Trainers.SubspaceSgd;

namespace MLNetExtensions.Benchmarks.SubspaceSgd;

/// <summary>The loss of the held-out or test rows at the end of each epoch.</summary>
internal sealed class LossCurve(int epochs) : IProgress<TrainingProgress>
{
    private readonly List<(double Step, double Loss)> _points = [];
    private readonly int _epochs = epochs;
    private long _steps;

    /// <summary>Optimiser steps and losses, one for each epoch that was finished.</summary>
    public IReadOnlyList<(double Step, double Loss)> Points => _points;

    /// <summary>Steps in which the mean took the place of the aggregator's choice.</summary>
    public double Fallbacks { get; private set; }

    /// <summary>The loss at the end; infinite where the training diverged.</summary>
    public double FinalLoss => _points.Count > 0 && LastStep >= _steps && double.IsFinite(_points[^1].Loss) ? _points[^1].Loss : double.PositiveInfinity;

    /// <summary>The mean loss over the second half; infinite where the training diverged. A learning rate that is chosen by it is not one that only just ends well.</summary>
    public double SecondHalfLoss => double.IsFinite(FinalLoss) ? _points.Where(point => 2 * point.Step > _steps).Average(point => point.Loss) : double.PositiveInfinity;

    /// <summary>The median of several trainings at each epoch; a training that has ended too early counts as infinite.</summary>
    public static LossCurve Median(LossCurve[] curves)
    {
        LossCurve median = new(curves[0]._epochs) { _steps = curves.Max(curve => curve._steps), Fallbacks = InterleavedTimer.Median([.. curves.Select(curve => curve.Fallbacks)]) };
        var longest = curves.MaxBy(curve => curve._points.Count)!;
        for (int i = 0; i < longest._points.Count; i++)
        {
            double[] losses = [.. curves.Select(curve => i < curve._points.Count && double.IsFinite(curve._points[i].Loss) ? curve._points[i].Loss : double.PositiveInfinity)];
            median._points.Add((longest._points[i].Step, InterleavedTimer.Median(losses)));
        }
        return median;
    }

    /// <summary>The loss at the end of the epoch with which a part of the training was done.</summary>
    public double LossAt(double part) => _points.Where(point => point.Step == part * _steps).Select(point => point.Loss).FirstOrDefault(double.PositiveInfinity);

    /// <summary>Takes note of how the training ended: weights that were restored after a divergence are not what it led to.</summary>
    public void End(TrainingSummary summary)
    {
        Fallbacks = summary.Fallbacks;
        if (summary.Stop == TrainingStop.Diverged && LastStep >= _steps && _points.Count > 0)
        {
            _points.RemoveAt(_points.Count - 1);
        }
    }

    /// <summary>The first step at which the loss is at most this; infinite where it never is.</summary>
    public double StepsTo(double loss) => _points.Where(point => point.Loss <= loss).Select(point => point.Step).FirstOrDefault(double.PositiveInfinity);

    /// <inheritdoc/>
    public void Report(TrainingProgress value)
    {
        _steps = value.Steps;
        // Reports within an epoch carry the loss of the last one.
        if (value.Step > 0 && (_points.Count == 0 || value.Step > _points[^1].Step) && value.Step * _epochs == value.Steps * value.Epoch)
        {
            _points.Add((value.Step, value.ValidationLoss));
        }
    }

    private double LastStep => _points.Count > 0 ? _points[^1].Step : 0;
}
