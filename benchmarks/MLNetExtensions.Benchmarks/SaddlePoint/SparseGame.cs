// SPDX-License-Identifier: MIT
using System.Numerics.Tensors;
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.SaddlePoint.Problems;
using DenseMatrix = MathNet.Numerics.LinearAlgebra.Double.DenseMatrix;

namespace MLNetExtensions.Benchmarks.SaddlePoint;

/// <summary>A sparse matrix of known norm and condition.</summary>
/// <remarks>
/// B is symmetric with ten entries a row: for each of five random permutations π, a normal number at (i, π(i)) and again at (π(i), i). With its extreme eigenvalues
/// by Lanczos, <c>d = (λmax - κ λmin) / (κ - 1)</c> makes B + dI positive definite with condition κ; it is divided by its norm. Only singular values matter to methods
/// that see A by its products, so symmetry makes the game no easier.
/// </remarks>
internal static class SparseGame
{
    private const int Permutations = 5, LanczosSteps = 150;

    /// <summary>Makes one.</summary>
    public static SparseMatrix Create(int size, double condition, RandomStream random)
    {
        List<(int Row, int Column, double Value)> entries = [];
        int[] order = [.. Enumerable.Range(0, size)];
        for (int k = 0; k < Permutations; k++)
        {
            random.Shuffle<int>(order);
            for (int i = 0; i < size; i++)
            {
                double value = random.NextNormal();
                entries.Add((i, order[i], value));
                entries.Add((order[i], i, value));
            }
        }
        var (low, high) = ExtremeEigenvalues(SparseMatrix.FromEntries(size, size, entries), random);
        double diagonal = (high - (condition * low)) / (condition - 1), norm = high + diagonal;
        return SparseMatrix.FromEntries(size, size, entries.Concat(Enumerable.Range(0, size).Select(i => (i, i, diagonal))).Select(e => (e.Item1, e.Item2, e.Item3 / norm)));
    }

    private static (double Low, double High) ExtremeEigenvalues(SparseMatrix matrix, RandomStream random)
    {
        List<double[]> basis = [];
        var small = new DenseMatrix(LanczosSteps, LanczosSteps);
        double[] next = RandomMatrices.Normal(matrix.Rows, random);
        for (int k = 0; k < LanczosSteps; k++)
        {
            TensorPrimitives.Divide(next, TensorPrimitives.Norm<double>(next), next);
            basis.Add(next);
            next = new double[matrix.Rows];
            matrix.Multiply(basis[k], next);
            small[k, k] = TensorPrimitives.Dot<double>(basis[k], next);
            // Against all earlier ones, twice: 150 vectors are few.
            foreach (double[] earlier in basis.Concat(basis))
            {
                TensorPrimitives.MultiplyAdd(earlier, -TensorPrimitives.Dot<double>(earlier, next), next, next);
            }
            if (k + 1 < LanczosSteps)
            {
                small[k, k + 1] = small[k + 1, k] = TensorPrimitives.Norm<double>(next);
            }
        }
        double[] eigenvalues = [.. small.Evd(MathNet.Numerics.LinearAlgebra.Symmetricity.Symmetric).EigenValues.Select(value => value.Real)];
        return (eigenvalues.Min(), eigenvalues.Max());
    }
}
