// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The least squared error that a form can reach: the global optimum over scale, zero point and codes.</summary>
/// <remarks>With <see cref="QuantizationForm.RealOffset"/> the result is a local optimum that is never above the one with an integer zero point.
/// Mathematics and measurements: <c>docs/quantization-solvers.md</c>.</remarks>
public sealed class ExactScaleSolver(ScaleStorage storage = ScaleStorage.SinglePrecision) : IScaleSolver
{
    /// <inheritdoc/>
    public string Name => "exact";

    /// <summary>The type in which scales are stored.</summary>
    /// <value>The default is <see cref="ScaleStorage.SinglePrecision"/>.</value>
    public ScaleStorage Storage { get; } = storage;

    /// <inheritdoc/>
    public QuantizedGroup Solve(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        switch (form)
        {
            case QuantizationForm.Symmetric:
                (double scale, int zeroPoint) = Best(weights, 7, 8);
                bool negative = zeroPoint == 7 && scale * 7.5 < WeightExtremes.Of(weights).Above;   // else no weight needs the other sign
                return StoredGroup.From(weights, negative ? -scale : scale, 0, 0, form, Storage);
            case QuantizationForm.PositiveScale:
                (scale, _) = Best(weights, 8, 8);
                return StoredGroup.From(weights, scale, 0, 0, form, Storage);
            case QuantizationForm.Asymmetric:
                (scale, zeroPoint) = Best(weights, 0, 15);
                return StoredGroup.From(weights, scale, zeroPoint, 0, form, Storage);
            default:
                return SolveRealOffset(weights);
        }
    }

    /// <summary>At least as good as integer zero points: their best grid is one of the candidates.</summary>
    private QuantizedGroup SolveRealOffset(ReadOnlySpan<float> weights)
    {
        (double scale, int zeroPoint) = Best(weights, 0, 15);
        float stored = StoredGroup.RoundScale(scale, Storage);
        QuantizedGroup best = StoredGroup.From(weights, scale, 0, -zeroPoint * (double)stored, QuantizationForm.RealOffset, Storage);
        (double fittedScale, double fittedOffset) = OffsetSearch.Solve(weights, stored, best.Offset);
        QuantizedGroup fitted = StoredGroup.From(weights, fittedScale, 0, fittedOffset, QuantizationForm.RealOffset, Storage);
        return fitted.SquaredError < best.SquaredError ? fitted : best;
    }

    private static (double Scale, int ZeroPoint) Best(ReadOnlySpan<float> weights, int firstZeroPoint, int lastZeroPoint)
    {
        SplitGroup group = SplitGroup.Of(weights);
        (SweepResult result, int zeroPoint) = ExactSearch.Solve(group, firstZeroPoint, lastZeroPoint);
        return (Math.ScaleB(result.Scale, group.Exponent), zeroPoint);
    }
}
