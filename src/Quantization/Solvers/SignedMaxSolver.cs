// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Maps the weight of largest magnitude to code -8, with a negative scale where that weight is positive: the default of ONNX Runtime's own symmetric tool.</summary>
public sealed class SignedMaxSolver(ScaleStorage storage = ScaleStorage.SinglePrecision) : IScaleSolver
{
    private readonly MaxAbsSolver _otherForms = new(storage);

    /// <inheritdoc/>
    public string Name => "signed-max";

    /// <summary>Chooses the scale; forms other than <see cref="QuantizationForm.Symmetric"/> are solved as <see cref="MaxAbsSolver"/> does.</summary>
    /// <inheritdoc/>
    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        if (form != QuantizationForm.Symmetric)
        {
            return _otherForms.Solve(weights, form);
        }
        WeightExtremes extremes = WeightExtremes.Of(weights);
        double scale = extremes.Above > extremes.Below ? -extremes.Above / 8 : extremes.Below / 8;
        return StoredGroup.From(weights, scale != 0 ? scale : 1, 0, 0, form, storage);
    }
}
