// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary><c>Σ log cosh(B x - s) + ρ/2 ‖x‖² + x'A y - Σ log cosh(G y - t) - ρ/2 ‖y‖²</c>: strongly convex in x, strongly concave in y, and far from quadratic.</summary>
internal static class SmoothExample
{
    private const double Penalty = 1e-2;

    public static SmoothSaddle Make(int n, int m, Random random, bool hasHessian = false)
    {
        Matrix<double> a = SaddleExamples.Coupling(n, m, 10, random), b = 2 * SaddleExamples.Coupling(n, n, 10, random), g = 2 * SaddleExamples.Coupling(m, m, 10, random);
        Vector<double> s = Dense(SaddleExamples.Vector(n, random)), t = Dense(SaddleExamples.Vector(m, random));
        return new SmoothSaddle(n, m, Gradient, hasHessian ? Product : null);

        void Gradient(ReadOnlySpan<double> x, ReadOnlySpan<double> y, Span<double> gradientX, Span<double> gradientY)
        {
            Vector<double> p = Dense(x.ToArray()), q = Dense(y.ToArray());
            (b.TransposeThisAndMultiply(((b * p) - s).Map(Math.Tanh)) + (Penalty * p) + (a * q)).ToArray().CopyTo(gradientX);
            (a.TransposeThisAndMultiply(p) - g.TransposeThisAndMultiply(((g * q) - t).Map(Math.Tanh)) - (Penalty * q)).ToArray().CopyTo(gradientY);
        }

        void Product(ReadOnlySpan<double> x, ReadOnlySpan<double> y, ReadOnlySpan<double> p, ReadOnlySpan<double> q, Span<double> productX, Span<double> productY)
        {
            Vector<double> u = Dense(p.ToArray()), v = Dense(q.ToArray());
            Vector<double> slopeX = ((b * Dense(x.ToArray())) - s).Map(Slope), slopeY = ((g * Dense(y.ToArray())) - t).Map(Slope);
            (b.TransposeThisAndMultiply(slopeX.PointwiseMultiply(b * u)) + (Penalty * u) + (a * v)).ToArray().CopyTo(productX);
            (a.TransposeThisAndMultiply(u) - g.TransposeThisAndMultiply(slopeY.PointwiseMultiply(g * v)) - (Penalty * v)).ToArray().CopyTo(productY);
        }
    }

    private static double Slope(double value) => 1 - (Math.Tanh(value) * Math.Tanh(value));

    private static Vector<double> Dense(double[] values) => Vector<double>.Build.Dense(values);
}
