// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>A trained model: scores are what it computes, times <see cref="ScoreScale"/>, plus <see cref="ScoreOffset"/>.</summary>
/// <param name="Parameters">A linear model's weights, features x outputs row-major, then its biases, one for each output; else the network's parameter vector.</param>
/// <param name="ScoreScale">The deviation of the labels that a network was trained on; 1 for linear models, whose weights include it, and for classification.</param>
/// <param name="ScoreOffset">Their mean; 0 for linear models and for classification.</param>
/// <param name="Summary">What happened.</param>
public sealed record TrainingResult(float[] Parameters, float ScoreScale, float ScoreOffset, TrainingSummary Summary);
