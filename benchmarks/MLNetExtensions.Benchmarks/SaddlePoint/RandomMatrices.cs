// SPDX-License-Identifier: MIT
using MathNet.Numerics.LinearAlgebra;
using MathNet.Numerics.LinearAlgebra.Factorization;
using MLNetExtensions.Numerics;
using DenseMatrix = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>Dense matrices with a given spectrum between random bases.</summary>
internal static class RandomMatrices
{
    /// <summary>U diag(s) V', the singular values s in equal ratios from high down to low.</summary>
    public static double[,] WithSingularValues(int rows, int columns, double low, double high, RandomStream random)
    {
        int rank = Math.Min(rows, columns);
        var left = Orthonormal(rows, rank, random);
        var right = Orthonormal(columns, rank, random);
        return (left * DenseMatrix.OfDiagonalArray(EqualRatios(rank, low, high)) * right.Transpose()).ToArray();
    }

    /// <summary>U diag(s) U', symmetric to the last bit, the eigenvalues s in equal ratios from high down to low.</summary>
    public static double[,] WithEigenvalues(int size, double low, double high, RandomStream random)
    {
        var basis = Orthonormal(size, size, random);
        var product = basis * DenseMatrix.OfDiagonalArray(EqualRatios(size, low, high)) * basis.Transpose();
        return ((product + product.Transpose()) / 2).ToArray();
    }

    /// <summary>Normal numbers.</summary>
    public static double[] Normal(int length, RandomStream random) => [.. Enumerable.Range(0, length).Select(_ => random.NextNormal())];

    private static Matrix<double> Orthonormal(int rows, int columns, RandomStream random) =>
        DenseMatrix.Create(rows, columns, (_, _) => random.NextNormal()).QR(QRMethod.Thin).Q;

    private static double[] EqualRatios(int count, double low, double high) =>
        [.. Enumerable.Range(0, count).Select(i => high * Math.Pow(low / high, i / (double)Math.Max(1, count - 1)))];
}
