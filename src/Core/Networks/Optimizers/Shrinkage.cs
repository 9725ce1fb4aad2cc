// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Networks.Optimizers;

/// <summary>Moves numbers towards zero, and no further than zero: the proximal step of a penalty on absolute values.</summary>
internal static class Shrinkage
{
    /// <summary>Moves every number by the same amount.</summary>
    public static void Shrink(Span<float> values, float amount) => VectorLoop.Map(new Uniform(amount), values, values, values);

    /// <summary>Moves each number by <c>amount / (sqrt(square) + epsilon)</c>.</summary>
    public static void Shrink(Span<float> values, ReadOnlySpan<float> squares, float amount, float epsilon) =>
        VectorLoop.Map(new Scaled(amount, epsilon), values, squares, values);

    private static Vector<float> Move(Vector<float> value, Vector<float> amount) => value - Vector.Min(Vector.Max(value, -amount), amount);

    private readonly struct Uniform(float amount) : IVectorFunction
    {
        private readonly Vector<float> _amount = new(amount);

        public Vector<float> Invoke(Vector<float> x, Vector<float> y) => Move(x, _amount);
    }

    private readonly struct Scaled(float amount, float epsilon) : IVectorFunction
    {
        private readonly Vector<float> _amount = new(amount);
        private readonly Vector<float> _epsilon = new(epsilon);

        public Vector<float> Invoke(Vector<float> x, Vector<float> y) => Move(x, _amount / (Vector.SquareRoot(y) + _epsilon));
    }
}
