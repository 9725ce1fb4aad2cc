// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;

namespace MLNetExtensions.Trainers.SaddlePoint.Constrained;

/// <summary>The constraint <c>v'w + c b - level &lt;= 0</c> on weights w and bias b.</summary>
/// <param name="Vector">v, one number for each feature.</param>
/// <param name="BiasFactor">c.</param>
internal sealed record LinearConstraint(double[] Vector, double BiasFactor)
{
    /// <summary>Its value, level not subtracted.</summary>
    public double ValueAt(ConstrainedPoint point) => TensorPrimitives.Dot(Vector, point.Weights) + (BiasFactor * point.Bias);
}
