// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Losses;

/// <summary>The negative log-likelihood, in nats, of a target 0 or 1 whose log-odds are the score: <c>log(1 + exp(s)) - t s</c>. A target between them is a probability.</summary>
public sealed record Logistic : ICurvedLoss
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
            // With e = exp(-|s|) nothing overflows, and no difference of nearly equal numbers is taken: large scores keep their relative accuracy.
            var e = Vector.Exp(-Vector.Abs(score));
            var failure = Vector<float>.One - target;
            var numerator = Vector.ConditionalSelect(Vector.GreaterThanOrEqual(score, Vector<float>.Zero), failure - (target * e), (failure * e) - target);
            derivative = numerator / (Vector<float>.One + e);
            return (failure * Vector.Max(score, Vector<float>.Zero)) - (target * Vector.Min(score, Vector<float>.Zero)) + LogOnePlus(e);
        }

        public Vector<float> SecondDerivative(Vector<float> score, Vector<float> target)
        {
            var e = Vector.Exp(-Vector.Abs(score));
            var sum = Vector<float>.One + e;
            return e / (sum * sum);
        }

        // log(1 + e) = 2 artanh(e / (2 + e)) for e in [0, 1], where the argument is at most 1/3: seven terms of the series reach 1e-8 of it.
        private static Vector<float> LogOnePlus(Vector<float> e)
        {
            var u = e / (e + new Vector<float>(2));
            var square = u * u;
            var series = new Vector<float>(1f / 13);
            series = (series * square) + new Vector<float>(1f / 11);
            series = (series * square) + new Vector<float>(1f / 9);
            series = (series * square) + new Vector<float>(1f / 7);
            series = (series * square) + new Vector<float>(1f / 5);
            series = (series * square) + new Vector<float>(1f / 3);
            series = (series * square) + Vector<float>.One;
            return 2f * u * series;
        }
    }
}
