// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.SaddlePoint.Admm;

/// <summary>Whether a symmetric matrix has no negative eigenvalue but for rounding. Small units of a variable hide nothing, as long as its entries are more than rounding of the largest one.</summary>
internal static class ConvexityTest
{
    // Of a diagonal entry: eigenvalues that are zero may have become a little negative, more where a file gives few digits.
    private const double OwnRounding = 1e-10;

    // Of the largest entry, for each row: what sums of products leave where zero was meant.
    private const double CommonRounding = 2e-15;

    public static bool Passes(SparseMatrix matrix)
    {
        int size = matrix.Rows;
        double largest = 0;
        bool isMixed = false;
        double[] diagonal = new double[size];
        foreach ((int row, int column, double value) in matrix.Entries())
        {
            largest = Math.Max(largest, Math.Abs(value));
            isMixed |= row != column;
            diagonal[row] = row == column ? value : diagonal[row];
        }
        double common = CommonRounding * size * largest;
        if (!isMixed)
        {
            return diagonal.All(value => value >= -common);
        }
        double[] shifted = new double[size * size];
        foreach ((int row, int column, double value) in matrix.Entries())
        {
            shifted[(row * size) + column] = value;
        }
        for (int i = 0; i < size; i++)
        {
            shifted[(i * size) + i] += (OwnRounding * Math.Abs(diagonal[i])) + common;
        }
        return DenseCholesky.TryFactor(shifted, size) is not null;
    }
}
