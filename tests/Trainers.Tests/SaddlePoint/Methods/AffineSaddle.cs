// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Double;

namespace MLNetExtensions.Trainers.SaddlePoint.Methods;

/// <summary>½x'Hx + x'Ay - ½y'Gy + b'x + c'y by dense matrices, plainly: F(z) = K z + k with K = [[H, A], [-A', G]].</summary>
internal sealed class AffineSaddle(Matrix<double> matrix, Vector<double> constant, int primal) : ISaddleProblem
{
    public Matrix<double> Matrix => matrix;

    public Vector<double> Constant => constant;

    public int PrimalSize => primal;

    public int DualSize => constant.Count - primal;

    public bool IsAffine => true;

    public static AffineSaddle Random(int primal, int dual, double convexity, int seed)
    {
        System.Random random = new(seed);
        DenseMatrix Draw(int rows, int columns) => DenseMatrix.Create(rows, columns, (_, _) => random.NextDouble() - 0.5);
        // The unit diagonal keeps it from being nearly singular.
        var coupling = Draw(primal, dual) + DenseMatrix.Create(primal, dual, (i, j) => i == j ? 1 : 0);
        Matrix<double> h = Draw(primal, primal), g = Draw(dual, dual);
        var k = DenseMatrix.Create(primal + dual, primal + dual, 0);
        k.SetSubMatrix(0, 0, convexity * h.TransposeThisAndMultiply(h));
        k.SetSubMatrix(0, primal, coupling);
        k.SetSubMatrix(primal, 0, -coupling.Transpose());
        k.SetSubMatrix(primal, primal, convexity * g.TransposeThisAndMultiply(g));
        return new AffineSaddle(k, DenseVector.Create(primal + dual, _ => random.NextDouble() - 0.5), primal);
    }

    /// <summary>f(x, y) = scale x y of two numbers.</summary>
    public static AffineSaddle Product(double scale) => new(DenseMatrix.OfArray(new[,] { { 0, scale }, { -scale, 0 } }), new DenseVector(2), 1);

    public double[] Solution() => matrix.Solve(-constant).ToArray();

    public void Field(ReadOnlySpan<double> point, Span<double> field) => ((matrix * new DenseVector(point.ToArray())) + constant).ToArray().CopyTo(field);

    public void Images(ReadOnlySpan<double> point, ReadOnlySpan<double> direction, Span<double> primalImage, Span<double> dualImage)
    {
        double[] p = direction.ToArray(), q = direction.ToArray();
        p.AsSpan(primal).Clear();
        q.AsSpan(0, primal).Clear();
        (matrix * new DenseVector(p)).ToArray().CopyTo(primalImage);
        (matrix * new DenseVector(q)).ToArray().CopyTo(dualImage);
    }
}
