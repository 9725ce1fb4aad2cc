// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Golden-section search for the scale between 0.1 and 1.1 times the one that clips nothing, for each sign or each zero point, then one least-squares fit to the codes found.</summary>
/// <remarks>The error has many local minima, so the search may end in one of them. Kept for comparison with <see cref="ExactScaleSolver"/>.</remarks>
public sealed class GoldenSectionSolver(int iterations = 25, ScaleStorage storage = ScaleStorage.SinglePrecision) : IScaleSolver
{
    private const double Lowest = 0.1;
    private const double Highest = 1.1;
    private static readonly double Ratio = (Math.Sqrt(5) - 1) / 2;

    /// <inheritdoc/>
    public string Name => "golden-section";

    /// <inheritdoc/>
    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        QuantizedGroup best = StoredGroup.From(weights, 1, 0, 0, form, storage);
        bool found = false;
        foreach (SearchRay ray in SearchRay.Of(weights, form))
        {
            double t = Search(weights, form, ray);
            double scale = ray.Scale(t);
            double offset = ray.Offset(t, form);
            LeastSquaresFit fit = LeastSquaresFit.Of(weights, scale, offset, CodeRange.Of(form, ray.ZeroPoint));
            (scale, offset) = form == QuantizationForm.RealOffset ? fit.ScaleAndOffset(scale, offset) : (fit.Scale(scale), 0);
            QuantizedGroup candidate = StoredGroup.From(weights, scale, ray.ZeroPoint, offset, form, storage);
            if (!found || candidate.SquaredError < best.SquaredError)
            {
                best = candidate;
                found = true;
            }
        }
        return best;
    }

    private double Search(ReadOnlySpan<float> weights, QuantizationForm form, SearchRay ray)
    {
        (double left, double right) = (Lowest, Highest);
        double inner = right - (Ratio * (right - left));
        double outer = left + (Ratio * (right - left));
        double innerError = Error(weights, form, ray, inner);
        double outerError = Error(weights, form, ray, outer);
        for (int i = 0; i < iterations; i++)
        {
            if (innerError <= outerError)
            {
                (right, outer, outerError) = (outer, inner, innerError);
                inner = right - (Ratio * (right - left));
                innerError = Error(weights, form, ray, inner);
            }
            else
            {
                (left, inner, innerError) = (inner, outer, outerError);
                outer = left + (Ratio * (right - left));
                outerError = Error(weights, form, ray, outer);
            }
        }
        return (left + right) / 2;
    }

    private static double Error(ReadOnlySpan<float> weights, QuantizationForm form, SearchRay ray, double t)
    {
        float scale = (float)ray.Scale(t);
        return scale == 0 ? double.PositiveInfinity : GridError.Of(weights, scale, (float)ray.Offset(t, form), CodeRange.Of(form, ray.ZeroPoint));
    }
}
