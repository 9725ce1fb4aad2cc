// SPDX-License-Identifier: MIT
using System.Numerics;
using System.Runtime.CompilerServices;

namespace MLNetExtensions.Numerics;

/// <summary>The standard normal distribution for vectors of floats.</summary>
internal static class NormalDistribution
{
    /// <summary>The distribution function, to 1e-7, and the density.</summary>
    /// <remarks>Abramowitz and Stegun, Handbook of Mathematical Functions, 26.2.17: the tail as a polynomial times the density.</remarks>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector<float> Cumulative(Vector<float> x, out Vector<float> density)
    {
        var size = Vector.Abs(x);
        density = Vector.Exp(size * size * -0.5f) * 0.3989422804f;
        var t = Vector<float>.One / (Vector<float>.One + (size * 0.2316419f));
        var polynomial = t * (new Vector<float>(0.319381530f) + (t * (new Vector<float>(-0.356563782f) +
            (t * (new Vector<float>(1.781477937f) + (t * (new Vector<float>(-1.821255978f) + (t * 1.330274429f))))))));
        var tail = density * polynomial;
        return Vector.ConditionalSelect(Vector.LessThan(x, Vector<float>.Zero), tail, Vector<float>.One - tail);
    }
}
