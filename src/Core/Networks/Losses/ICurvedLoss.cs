// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>A loss with a second derivative.</summary>
public interface ICurvedLoss : ILoss
{
    /// <summary>Multiplies each row of directions by the second derivative of that row's weighted loss.</summary>
    /// <param name="scores">Rows x scores.</param>
    /// <param name="targets">Rows x target columns.</param>
    /// <param name="weights">One for each row; empty when all are 1.</param>
    /// <param name="directions">Rows x scores.</param>
    /// <param name="result">Becomes rows x scores.</param>
    void MultiplyBySecondDerivative(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix directions, DenseMatrix result);
}
