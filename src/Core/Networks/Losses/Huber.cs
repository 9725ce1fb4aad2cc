// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>Half the squared difference of score and target up to <see cref="Delta"/>, and beyond it a straight line: outliers pull no harder (Huber, 1964).</summary>
public sealed record Huber : ICurvedLoss
{
    /// <summary>The difference beyond which the loss is a straight line, in units of the target.</summary>
    /// <value>The default is 1.</value>
    public float Delta { get; init => field = value > 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "Delta must be positive."); } = 1;

    /// <inheritdoc/>
    public int TargetColumns(int scoreColumns) => scoreColumns;

    /// <inheritdoc/>
    public double Evaluate(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient) =>
        ElementwiseLoss.Evaluate(new Function(Delta), scores, targets, weights, gradient);

    /// <inheritdoc/>
    /// <remarks>Beyond <see cref="Delta"/> the second derivative is 0.</remarks>
    public void MultiplyBySecondDerivative(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix directions, DenseMatrix result) =>
        ElementwiseLoss.MultiplyBySecondDerivative(new Function(Delta), scores, targets, weights, directions, result);

    private readonly struct Function(float delta) : IScalarLoss
    {
        private readonly Vector<float> _delta = new(delta);

        public Vector<float> Loss(Vector<float> score, Vector<float> target, out Vector<float> derivative)
        {
            var difference = score - target;
            derivative = Vector.Min(Vector.Max(difference, -_delta), _delta);
            // Within delta d²/2, beyond it delta |d| - delta²/2: both are this.
            return derivative * (difference - (derivative * 0.5f));
        }

        public Vector<float> SecondDerivative(Vector<float> score, Vector<float> target) =>
            Vector.ConditionalSelect(Vector.LessThanOrEqual(Vector.Abs(score - target), _delta), Vector<float>.One, Vector<float>.Zero);
    }
}
