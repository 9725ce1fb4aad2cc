// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>What training makes small: a function of a row's scores and its target, summed with the rows' weights.</summary>
public interface ILoss
{
    /// <summary>How many target columns belong to that many scores: as many for element-wise losses, one class index for cross-entropy.</summary>
    int TargetColumns(int scoreColumns);

    /// <summary>Computes the weighted sum of the rows' losses and its derivative.</summary>
    /// <param name="scores">Rows x scores.</param>
    /// <param name="targets">Rows x target columns.</param>
    /// <param name="weights">One for each row; empty when all are 1.</param>
    /// <param name="gradient">Becomes rows x scores: the derivative of the weighted sum; null where only the loss is wanted.</param>
    /// <returns>The weighted sum over the rows.</returns>
    double Evaluate(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient);
}
