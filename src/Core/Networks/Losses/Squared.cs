// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>Half the squared difference of score and target, <c>(s - t)² / 2</c>: its derivative is the difference.</summary>
public sealed record Squared : ICurvedLoss
{
    /// <inheritdoc/>
    public int TargetColumns(int scoreColumns) => scoreColumns;

    /// <inheritdoc/>
    public double Evaluate(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient) =>
        ElementwiseLoss.Evaluate(default(Function), scores, targets, weights, gradient);

    /// <inheritdoc/>
    public void MultiplyBySecondDerivative(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix directions, DenseMatrix result) =>
        ElementwiseLoss.MultiplyBySecondDerivative(default(Function), scores, targets, weights, directions, result);

    private readonly struct Function : IScalarLoss
    {
        public Vector<float> Loss(Vector<float> score, Vector<float> target, out Vector<float> derivative)
        {
            derivative = score - target;
            return derivative * derivative * 0.5f;
        }

        public Vector<float> SecondDerivative(Vector<float> score, Vector<float> target) => Vector<float>.One;
    }
}
