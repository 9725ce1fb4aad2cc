// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Rounding and least squares in turn, from the max-abs grid: a local minimum near that start.</summary>
public sealed class AlternatingSolver(int iterations = 20, ScaleStorage storage = ScaleStorage.SinglePrecision) : IScaleSolver
{
    private readonly MaxAbsSolver _start = new(storage);

    /// <inheritdoc/>
    public string Name => "alternating";

    /// <inheritdoc/>
    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        QuantizedGroup best = _start.Solve(weights, form);
        CodeRange range = CodeRange.Of(form, best.ZeroPoint);
        (double scale, double offset) = (best.Scale, best.Offset);
        for (int i = 0; i < iterations; i++)
        {
            LeastSquaresFit fit = LeastSquaresFit.Of(weights, scale, offset, range);
            (double nextScale, double nextOffset) = form == QuantizationForm.RealOffset ? fit.ScaleAndOffset(scale, offset) : (fit.Scale(scale), 0);
            if (nextScale == scale && nextOffset == offset)
            {
                break;
            }
            (scale, offset) = (nextScale, nextOffset);
        }
        QuantizedGroup candidate = StoredGroup.From(weights, scale, best.ZeroPoint, offset, form, storage);
        return candidate.SquaredError < best.SquaredError ? candidate : best;
    }
}
