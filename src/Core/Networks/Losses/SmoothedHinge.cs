// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>The hinge with its corner rounded by a parabola: by the margin m missing to 1, <c>m² / 2γ</c> up to the smoothing γ, and <c>m - γ/2</c> beyond it. Targets are 0 and 1.</summary>
public sealed record SmoothedHinge : ICurvedLoss
{
    /// <summary>How wide the rounded part is, γ.</summary>
    /// <value>The default is 1.</value>
    public float Smoothing { get; init => field = value > 0 && float.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, "The smoothing must be positive; the hinge itself is another loss."); } = 1;

    /// <inheritdoc/>
    public int TargetColumns(int scoreColumns) => scoreColumns;

    /// <inheritdoc/>
    public double Evaluate(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix? gradient) =>
        ElementwiseLoss.Evaluate(new Function(Smoothing), scores, targets, weights, gradient);

    /// <inheritdoc/>
    /// <remarks>Outside the rounded part the second derivative is 0.</remarks>
    public void MultiplyBySecondDerivative(DenseMatrix scores, DenseMatrix targets, ReadOnlySpan<float> weights, DenseMatrix directions, DenseMatrix result) =>
        ElementwiseLoss.MultiplyBySecondDerivative(new Function(Smoothing), scores, targets, weights, directions, result);

    private readonly struct Function(float smoothing) : IScalarLoss
    {
        private readonly Vector<float> _smoothing = new(smoothing);

        public Vector<float> Loss(Vector<float> score, Vector<float> target, out Vector<float> derivative)
        {
            var sign = (target + target) - Vector<float>.One;
            var missing = Vector.Max(Vector<float>.One - (sign * score), Vector<float>.Zero);
            var slope = Vector.Min(missing, _smoothing) / _smoothing;
            derivative = -sign * slope;
            // Within the rounding m²/2γ, beyond it m - γ/2: both are this.
            return slope * (missing - (Vector.Min(missing, _smoothing) * 0.5f));
        }

        public Vector<float> SecondDerivative(Vector<float> score, Vector<float> target)
        {
            var missing = Vector<float>.One - (((target + target) - Vector<float>.One) * score);
            var rounded = Vector.BitwiseAnd(Vector.GreaterThan(missing, Vector<float>.Zero), Vector.LessThanOrEqual(missing, _smoothing));
            return Vector.ConditionalSelect(rounded, Vector<float>.One / _smoothing, Vector<float>.Zero);
        }
    }
}
