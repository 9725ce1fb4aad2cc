// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The least squared error that a form can reach: the global optimum over scale, zero point and codes; see <c>docs/quantization-solvers.md</c>.</summary>
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
                var plus = SortedSweep.Solve(weights, 8, 7);
                var minus = SortedSweep.Solve(weights, 7, 8);
                bool negative = minus.Gain > plus.Gain;
                return StoredGroup.From(weights, negative ? -minus.Scale : plus.Scale, 0, 0, form, Storage);
            case QuantizationForm.PositiveScale:
                return StoredGroup.From(weights, SortedSweep.Solve(weights, 8, 7).Scale, 0, 0, form, Storage);
            case QuantizationForm.Asymmetric:
                return SolveAsymmetric(weights);
            default:
                QuantizedGroup start = SolveAsymmetric(weights);
                return StoredGroup.From(weights, start.Scale, 0, -start.ZeroPoint * (double)start.Scale, form, Storage);
        }
    }

    private QuantizedGroup SolveAsymmetric(ReadOnlySpan<float> weights)
    {
        (double Scale, double Gain, int ZeroPoint) best = (1, 0, 8);
        for (int zeroPoint = 0; zeroPoint <= 15; zeroPoint++)
        {
            (double scale, double gain) = SortedSweep.Solve(weights, zeroPoint, 15 - zeroPoint);
            if (gain > best.Gain)
            {
                best = (scale, gain, zeroPoint);
            }
        }
        return StoredGroup.From(weights, best.Scale, best.ZeroPoint, 0, QuantizationForm.Asymmetric, Storage);
    }
}
