// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>A trained model.</summary>
/// <param name="Parameters">A linear model's weights, features x outputs row-major, then its biases, one for each output; else the network's parameter vector.</param>
/// <param name="Summary">What happened.</param>
public sealed record TrainingResult(float[] Parameters, TrainingSummary Summary);
