// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Predictions;

/// <summary>How a score s becomes the probability of the positive class: <c>1 / (1 + exp(-(Slope s + Offset)))</c>.</summary>
internal readonly record struct ScoreCalibration(float Slope, float Offset)
{
    /// <summary>That of the logistic loss, whose scores are log-odds already.</summary>
    public static ScoreCalibration LogOdds => new(1, 0);
}
