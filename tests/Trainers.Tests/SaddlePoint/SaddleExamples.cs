// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
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

    public static BilinearSaddle Bilinear(int n, int m, double condition, Random random)
    {
        return new BilinearSaddle(Coupling(n, m, condition, random).ToArray(), Vector(n, random), Vector(m, random));
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
