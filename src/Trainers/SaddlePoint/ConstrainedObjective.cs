// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>What a constrained classifier minimises, as far as its constraints allow.</summary>
public enum ConstrainedObjective
{
    /// <summary>
    /// The loss of negatives where all constraints are least recalls and every positive is in one of them (the fewest false alarms: Neyman and Pearson);
    /// the loss of positives where, likewise, all are largest false-positive rates; else that of all rows.
    /// </summary>
    Automatic,

    /// <summary>The mean logistic loss of all rows.</summary>
    AllRows,

    /// <summary>The mean logistic loss of the negatives; every positive must be in a constraint that keeps its score up.</summary>
    Negatives,

    /// <summary>The mean logistic loss of the positives; every negative must be in a constraint that keeps its score down.</summary>
    Positives,

    /// <summary>The mean logistic loss of the group where it is largest (minimax).</summary>
    WorstGroupLoss,
}
