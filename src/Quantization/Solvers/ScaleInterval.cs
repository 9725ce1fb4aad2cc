// SPDX-License-Identifier: MIT
using System.Runtime.Intrinsics;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Where the optimal scale for one zero point may still lie. It shrinks as probes exclude their neighbourhoods.</summary>
/// <remarks>Let s* be a global optimum with codes q*, error E* and B* = sum of q*^2. Its residual is orthogonal to q*, so rounding at any
/// other scale s costs at most |w - s q*|^2 = E* + (s - s*)^2 B*, and B* s*^2 = energy - E*. Hence a probe with error D at s and any
/// known feasible error E &gt;= E* exclude every s* with (s/s* - 1)^2 * energy &lt; D - E.</remarks>
internal struct ScaleInterval(double lowest, double highest)
{
    /// <summary>More than the rounding of a bound, of its conversion to single precision, and of the codes there.</summary>
    private const double Slack = 1e-6;

    public double Lowest { get; private set; } = lowest;

    public double Highest { get; private set; } = highest;

    public readonly bool IsEmpty => !(Lowest <= Highest);

    /// <summary>The interval in single precision, widened by what that may lose.</summary>
    public readonly (float Lowest, float Highest) Widened => ((float)(Lowest * (1 - Slack)), (float)(Highest * (1 + Slack)));

    public void RaiseTo(double bound) => Lowest = Math.Max(Lowest, bound);

    /// <summary>Cuts what the probes exclude off either end. Scales ascend.</summary>
    public void Exclude(ReadOnlySpan<float> scales, ReadOnlySpan<double> errors, double feasibleError, double energy)
    {
        Span<double> lefts = stackalloc double[ScaleProbes.Count];
        Span<double> rights = stackalloc double[ScaleProbes.Count];
        Vector256<double> one = Vector256<double>.One;
        for (int i = 0; i < ScaleProbes.Count; i += Vector256<double>.Count)
        {
            Vector256<double> scale = Vector256.WidenLower(Vector128.Create(scales[i..]).ToVector256Unsafe());
            Vector256<double> excess = (Vector256.Create(errors[i..]) * (1 - ScaleProbes.RelativeError)) - Vector256.Create(feasibleError);
            Vector256<double> radius = Vector256.Sqrt(Vector256.Max(excess, Vector256<double>.Zero) * (1 / energy));
            Vector256<double> right = scale / (one - radius);
            (scale / (one + radius)).CopyTo(lefts[i..]);
            Vector256.ConditionalSelect(Vector256.LessThan(radius, one), right, Vector256.Create(double.PositiveInfinity)).CopyTo(rights[i..]);
        }
        for (int i = 0; i < ScaleProbes.Count; i++)
        {
            Lowest = lefts[i] < Lowest && Lowest < rights[i] ? rights[i] : Lowest;
        }
        for (int i = ScaleProbes.Count - 1; i >= 0; i--)
        {
            Highest = lefts[i] < Highest && Highest < rights[i] ? lefts[i] : Highest;
        }
    }

    /// <summary>Below a scale whose clipping alone costs more than a known solution there is nothing to find. Scales ascend.</summary>
    public void ExcludeClipping(ReadOnlySpan<float> scales, ReadOnlySpan<double> errors, double feasibleError)
    {
        for (int i = scales.Length - 1; i >= 0; i--)
        {
            if (errors[i] * (1 - ScaleProbes.RelativeError) > feasibleError)
            {
                RaiseTo(scales[i]);
                return;
            }
        }
    }
}
