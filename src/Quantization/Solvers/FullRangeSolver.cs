// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The symmetric rule 2 max|w| / 15 of several weight-only tools: the largest weight is clipped by half a step where it is positive.</summary>
public sealed class FullRangeSolver(ScaleStorage storage = ScaleStorage.SinglePrecision) : IScaleSolver
{
    private readonly MaxAbsSolver _otherForms = new(storage);

    /// <inheritdoc/>
    public string Name => "full-range";

    /// <summary>Chooses the scale; forms that are not symmetric are solved as <see cref="MaxAbsSolver"/> does.</summary>
    /// <inheritdoc/>
    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        if (form is QuantizationForm.Asymmetric or QuantizationForm.RealOffset)
        {
            return _otherForms.Solve(weights, form);
        }
        double scale = 2 * WeightExtremes.Of(weights).Magnitude / 15;
        return StoredGroup.From(weights, scale > 0 ? scale : 1, 0, 0, form, storage);
    }
}
