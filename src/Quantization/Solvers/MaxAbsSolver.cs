// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Round to nearest on a grid that spans the group: max|w|/7 for the symmetric forms, (max - min)/15 with zero inside the range for integer zero points, the plain range for real offsets.</summary>
public sealed class MaxAbsSolver(ScaleStorage storage = ScaleStorage.SinglePrecision) : IScaleSolver
{
    /// <inheritdoc/>
    public string Name => "max-abs";

    /// <inheritdoc/>
    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        WeightExtremes extremes = WeightExtremes.Of(weights);
        double scale;
        switch (form)
        {
            case QuantizationForm.Asymmetric:
                scale = (extremes.Above + extremes.Below) / 15;
                int zeroPoint = scale > 0 ? (int)Math.Clamp(Math.Round(extremes.Below / scale), 0, 15) : 0;
                return StoredGroup.From(weights, Positive(scale), zeroPoint, 0, form, storage);
            case QuantizationForm.RealOffset:
                scale = (extremes.Highest - extremes.Lowest) / 15;
                return StoredGroup.From(weights, Positive(scale), 0, extremes.Lowest, form, storage);
            default:
                return StoredGroup.From(weights, Positive(extremes.Magnitude / 7), 0, 0, form, storage);
        }
    }

    /// <summary>Any scale decodes a group without extent; 1 keeps it readable.</summary>
    private static double Positive(double scale) => scale > 0 ? scale : 1;
}
