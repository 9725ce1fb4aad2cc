// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>By how much a score misses a margin of 1: <c>max(0, 1 - y s)</c>, with y = -1 for target 0 and y = 1 for target 1. Its derivative at the margin is taken as 0.</summary>
public sealed record Hinge : ILoss
{
    /// <inheritdoc/>
    public int TargetColumns(int scoreColumns) => scoreColumns;

    /// <inheritdoc/>
    public double Evaluate(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient) =>
        ElementwiseLoss.Evaluate(default(Function), scores, targets, weights, gradient);

    private readonly struct Function : IScalarLoss
    {
        public Vector<float> Loss(Vector<float> score, Vector<float> target, out Vector<float> derivative)
        {
            var sign = (target + target) - Vector<float>.One;
            var missing = Vector.Max(Vector<float>.One - (sign * score), Vector<float>.Zero);
            derivative = Vector.ConditionalSelect(Vector.GreaterThan(missing, Vector<float>.Zero), -sign, Vector<float>.Zero);
            return missing;
        }

        public Vector<float> SecondDerivative(Vector<float> score, Vector<float> target) => Vector<float>.Zero;
    }
}
