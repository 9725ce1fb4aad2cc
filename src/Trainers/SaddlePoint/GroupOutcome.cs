// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>How the training rows of a group fare. Rows count by their weights; what has no rows is NaN.</summary>
/// <param name="Name">The group.</param>
/// <param name="Recall">The part of its positives that have a score above 0.</param>
/// <param name="FalsePositiveRate">The part of its negatives that have.</param>
/// <param name="PositiveRate">The part of its rows that have.</param>
/// <param name="Loss">Its mean logistic loss, in nats.</param>
/// <param name="WorstLossMultiplier">Where the worst group's loss was minimised, its part in that, from 0 to 1; else 0.</param>
public sealed record GroupOutcome(string Name, double Recall, double FalsePositiveRate, double PositiveRate, double Loss, double WorstLossMultiplier);
