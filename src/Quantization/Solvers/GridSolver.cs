// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The best of evenly spaced scales between 0.3 and 1.05 times the one that clips nothing, for each sign or each zero point.</summary>
public sealed class GridSolver(int points = 100, ScaleStorage storage = ScaleStorage.SinglePrecision) : IScaleSolver
{
    private const double Lowest = 0.3;
    private const double Highest = 1.05;

    /// <inheritdoc/>
    public string Name => "grid";

    /// <inheritdoc/>
    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        double bestError = double.PositiveInfinity;
        (double Scale, int ZeroPoint, double Offset) best = (1, 0, 0);
        foreach (SearchRay ray in SearchRay.Of(weights, form))
        {
            CodeRange range = CodeRange.Of(form, ray.ZeroPoint);
            for (int i = 0; i < points; i++)
            {
                double t = Lowest + ((Highest - Lowest) * i / Math.Max(points - 1, 1));
                double scale = ray.Scale(t);
                double offset = ray.Offset(t, form);
                double error = (float)scale == 0 ? double.PositiveInfinity : GridError.Of(weights, (float)scale, (float)offset, range);
                if (error < bestError)
                {
                    bestError = error;
                    best = (scale, ray.ZeroPoint, offset);
                }
            }
        }
        return StoredGroup.From(weights, best.Scale, best.ZeroPoint, best.Offset, form, storage);
    }
}
