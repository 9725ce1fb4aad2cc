// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SubspaceSgd.Aggregation;

/// <summary>Asks an aggregator for coefficients, and takes the mean where they would not decrease the loss.</summary>
internal sealed class CoefficientChoice(IGradientAggregator aggregator, int workers)
{
    // Sums of floats with such coefficients stay floats.
    private const double MostLength = 1e37;

    // A sum of floats along the mean by less than this part of what is summed is rounding.
    private const double LeastDescent = 1e-7;

    private readonly double[] _remembered = new double[aggregator.StateLength(workers)];

    /// <summary>Chooses.</summary>
    /// <param name="gram">Inner products, all finite.</param>
    /// <param name="state">What the aggregator remembers.</param>
    /// <param name="coefficients">Becomes one for each worker.</param>
    /// <returns>Whether the mean took the place of what the aggregator chose.</returns>
    public bool Choose(GramMatrix gram, Span<double> state, Span<double> coefficients)
    {
        double squaredMean = gram.SquaredMeanNorm();
        if (squaredMean == 0)
        {
            // Nothing decreases the loss to first order; a step would be rounding, made as long as a gradient.
            coefficients.Clear();
            return false;
        }
        state.CopyTo(_remembered);
        aggregator.Combine(gram, state, coefficients);
        if (!IsUsable(gram, coefficients))
        {
            _remembered.CopyTo(state);
            coefficients.Fill(1.0 / gram.Workers);
            return true;
        }
        if (aggregator.AllowsAscent || IsDescent(gram, coefficients, Math.Sqrt(squaredMean)))
        {
            return false;
        }
        // No longer than what was chosen: an aggregator whose updates are directions means a learning rate that suits those.
        double shortening = Math.Min(1, Math.Sqrt(gram.SquaredNorm(coefficients) / squaredMean));
        coefficients.Fill(shortening / gram.Workers);
        return true;
    }

    private static bool IsDescent(GramMatrix gram, ReadOnlySpan<double> coefficients, double meanNorm)
    {
        double descent = 0, length = 0;
        for (int i = 0; i < coefficients.Length; i++)
        {
            descent += coefficients[i] * gram.MeanProduct(i);
            length += Math.Abs(coefficients[i]) * gram.Norm(i);
        }
        return descent > LeastDescent * length * meanNorm;
    }

    private static bool IsUsable(GramMatrix gram, ReadOnlySpan<double> coefficients)
    {
        double length = 0;
        for (int i = 0; i < coefficients.Length; i++)
        {
            length += Math.Abs(coefficients[i]) * (1 + gram.Norm(i));
        }
        return length <= MostLength;
    }
}
