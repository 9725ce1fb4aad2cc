// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd;

/// <summary>What happened in a training.</summary>
/// <param name="Stop">Why it ended.</param>
/// <param name="Epochs">Epochs begun.</param>
/// <param name="Steps">Optimiser steps done.</param>
/// <param name="BestEpoch">The epoch whose weights the model has.</param>
/// <param name="Loss">The weighted mean loss of the last epoch's mini-batches; over the variance of the labels where these are standardised.</param>
/// <param name="ValidationLoss">The validation loss of the weights that the model has; NaN where there were no validation rows.</param>
/// <param name="Rows">Rows that were trained on, over all ranks.</param>
/// <param name="ValidationRows">Rows that were held out, over all ranks.</param>
/// <param name="Workers">The logical workers, over all ranks.</param>
/// <param name="BatchSize">Rows of a step, over all workers.</param>
/// <param name="Fallbacks">Steps in which the aggregator's choice was no descent direction and the mean took its place.</param>
public sealed record TrainingSummary(
    TrainingStop Stop, int Epochs, long Steps, int BestEpoch, double Loss, double ValidationLoss,
    long Rows, long ValidationRows, int Workers, int BatchSize, long Fallbacks);
