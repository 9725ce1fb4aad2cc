// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

/// <summary>Random saddle problems of known spectra, and their solutions by elimination.</summary>
internal static class SaddleExamples
{
    public static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());

    public static double[] Vector(int size, Random random) => [.. Enumerable.Range(0, size).Select(_ => Normal(random))];

    /// <summary>A matrix whose singular values run from 1 down to 1 / condition, evenly in the logarithm.</summary>
    public static Matrix<double> Coupling(int rows, int columns, double condition, Random random)
    {
        int rank = Math.Min(rows, columns);
        return Orthonormal(rows, rank, random) * Matrix<double>.Build.DenseOfDiagonalArray(Spectrum(rank, 1 / condition, 1)) * Orthonormal(columns, rank, random).Transpose();
    }

    /// <summary>A symmetric matrix whose eigenvalues run from high down to low, evenly in the logarithm.</summary>
    public static Matrix<double> Symmetric(int size, double low, double high, Random random)
    {
        Matrix<double> basis = Orthonormal(size, size, random);
        Matrix<double> matrix = basis * Matrix<double>.Build.DenseOfDiagonalArray(Spectrum(size, low, high)) * basis.Transpose();
        return (matrix + matrix.Transpose()) / 2;
    }

    /// <summary>A game; where the matrix is not square it has no saddle unless b and c are in its ranges.</summary>
    public static BilinearSaddle Bilinear(int n, int m, double condition, Random random, bool isConsistent = false)
    {
        Matrix<double> a = Coupling(n, m, condition, random);
        double[] b = Vector(n, random), c = Vector(m, random);
        if (isConsistent)
        {
            double[] range = (a * Vector<double>.Build.Dense(c)).ToArray();
            c = a.TransposeThisAndMultiply(Vector<double>.Build.Dense(b)).ToArray();
            b = range;
        }
        return new BilinearSaddle(a.ToArray(), b, c);
    }

    /// <summary>The norm of F at the point of a result, computed anew.</summary>
    public static double Residual(ISaddleProblem problem, SaddleResult result)
    {
        double[] field = new double[problem.PrimalSize + problem.DualSize];
        problem.Field([.. result.Primal, .. result.Dual], field);
        return Math.Sqrt(field.Sum(value => value * value));
    }

    public static QuadraticSaddle Quadratic(int n, int m, double condition, double low, double high, Random random)
    {
        double[,] a = Coupling(n, m, condition, random).ToArray();
        return new QuadraticSaddle(Symmetric(n, low, high, random).ToArray(), a, Symmetric(m, low, high, random).ToArray(), Vector(n, random), Vector(m, random));
    }

    private static Matrix<double> Orthonormal(int rows, int columns, Random random)
    {
        return Matrix<double>.Build.Dense(rows, columns, (_, _) => Normal(random)).QR(QRMethod.Thin).Q;
    }

    private static double[] Spectrum(int count, double low, double high)
    {
        return [.. Enumerable.Range(0, count).Select(i => high * Math.Pow(low / high, count == 1 ? 0 : i / (count - 1.0)))];
    }
}
