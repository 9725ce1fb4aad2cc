// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The smallest and the largest weight of a group, in double precision so that their difference can't overflow.</summary>
internal readonly record struct WeightExtremes(double Lowest, double Highest)
{
    public static WeightExtremes Of(ReadOnlySpan<float> weights) => new(TensorPrimitives.Min(weights), TensorPrimitives.Max(weights));

    /// <summary>The largest magnitude.</summary>
    public double Magnitude => Math.Max(Highest, -Lowest);

    /// <summary>The reach of the positive weights, zero where there are none.</summary>
    public double Above => Math.Max(Highest, 0);

    /// <summary>The reach of the negative weights, zero where there are none.</summary>
    public double Below => Math.Max(-Lowest, 0);
}
