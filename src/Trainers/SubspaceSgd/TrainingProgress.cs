// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>Where a training stands; reported at the end of each epoch, and in between where an epoch takes more than a second.</summary>
/// <param name="Epoch">The epoch, from 1.</param>
/// <param name="Step">Optimiser steps done.</param>
/// <param name="Steps">Optimiser steps of the whole training.</param>
/// <param name="Loss">The weighted mean loss of the mini-batches since the epoch began, in nats where the loss is a likelihood; over the variance of the labels where these are standardised; penalties not included.</param>
/// <param name="ValidationLoss">The mean loss of the validation rows; NaN before the first time, and where there are none.</param>
/// <param name="LearningRate">The learning rate of the last step.</param>
/// <param name="GradientNorm">The norm of the mean of the workers' gradients in the last step.</param>
/// <param name="UpdateNorm">The norm of the aggregated gradient in the last step.</param>
/// <param name="Agreement">How much the workers agreed in the last step: the squared norm of the mean gradient over the mean of their squared norms, in [0, 1].</param>
/// <param name="Coefficients">The weight that each worker's gradient had in the last step; those of the first tensor where each tensor has its own.</param>
public sealed record TrainingProgress(
    int Epoch, long Step, long Steps, double Loss, double ValidationLoss, double LearningRate,
    double GradientNorm, double UpdateNorm, double Agreement, IReadOnlyList<double> Coefficients);
