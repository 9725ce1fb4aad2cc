// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Some of the rows: those of a class, of a group, or both, as far as they have a weight.</summary>
/// <param name="Rows">Which, ascending.</param>
/// <param name="Shares">Their weights over the sum of them.</param>
/// <param name="Weight">The sum.</param>
internal sealed record RowSubset(int[] Rows, double[] Shares, double Weight)
{
    /// <summary>The part of it that one row can be.</summary>
    public double LargestShare { get; } = Shares.Length == 0 ? 0 : Shares.Max();

    /// <summary>The mean of its rows' scores.</summary>
    public double MeanOf(ReadOnlySpan<double> scores)
    {
        double sum = 0;
        for (int i = 0; i < Rows.Length; i++)
        {
            sum += Shares[i] * scores[Rows[i]];
        }
        return sum;
    }
}
