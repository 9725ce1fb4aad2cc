// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>A one-parameter family of grids, for solvers that search along a line: the scale is t * Unit; at t = 1 nothing is clipped, as max-abs rounding would have it.</summary>
/// <param name="Unit">The scale at t = 1.</param>
/// <param name="ZeroPoint">The integer zero point.</param>
/// <param name="Centre">With a real offset, the value that stays in the middle of the grid.</param>
internal readonly record struct SearchRay(double Unit, int ZeroPoint, double Centre)
{
    /// <summary>Half of the codes 0..15, in steps: where the centre of a grid with a real offset lies.</summary>
    private const double HalfRange = 7.5;

    public double Scale(double t) => t * Unit;

    public double Offset(double t, QuantizationForm form) => form == QuantizationForm.RealOffset ? Centre - (HalfRange * t * Unit) : 0;

    /// <summary>The families of a form; none for a group of zeros.</summary>
    public static List<SearchRay> Of(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        WeightExtremes extremes = WeightExtremes.Of(weights);
        if (extremes.Magnitude == 0)
        {
            return [];
        }
        switch (form)
        {
            case QuantizationForm.PositiveScale:
                return [new(extremes.Magnitude / 7, 0, 0)];
            case QuantizationForm.Symmetric:
                return [new(extremes.Magnitude / 7, 0, 0), new(-extremes.Magnitude / 7, 0, 0)];
            case QuantizationForm.RealOffset:
                double width = extremes.Highest - extremes.Lowest;
                double centre = extremes.Lowest + (width / 2);
                return [new(width > 0 ? width / 15 : extremes.Magnitude, 0, width > 0 ? centre : centre + (HalfRange * extremes.Magnitude))];
            default:
                List<SearchRay> rays = [];
                for (int zeroPoint = 0; zeroPoint <= 15; zeroPoint++)
                {
                    double unit = Math.Max(extremes.Above / Math.Max(15 - zeroPoint, 1), extremes.Below / Math.Max(zeroPoint, 1));
                    rays.Add(new(unit, zeroPoint, 0));
                }
                return rays;
        }
    }
}
