// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Predictions;
using MLNetExtensions.Trainers.SaddlePoint.Rates;

namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>A linear classifier that was trained under constraints, and what a later training needs to begin where this one ended.</summary>
public sealed class ConstrainedModel
{
    internal ConstrainedModel(float[] weights, float bias, ScoreCalibration calibration, ConstrainedSummary summary, ConstrainedState state)
    {
        Weights = Array.AsReadOnly(weights);
        Bias = bias;
        Calibration = calibration;
        Summary = summary;
        State = state;
    }

    /// <summary>The weights, one for each feature.</summary>
    public IReadOnlyList<float> Weights { get; }

    /// <summary>The bias: rows whose score, <c>weights · features + bias</c>, is above 0 are predicted positive.</summary>
    public float Bias { get; }

    /// <summary>How the training went.</summary>
    public ConstrainedSummary Summary { get; }

    internal ScoreCalibration Calibration { get; }

    internal ConstrainedState State { get; }

    /// <summary>The probability that a row with this score is positive, as far as the rows that it was fitted on tell.</summary>
    public double ProbabilityOf(double score) => 1 / (1 + Math.Exp(-((Calibration.Slope * score) + Calibration.Offset)));
}
