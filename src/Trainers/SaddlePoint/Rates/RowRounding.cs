// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>How far scores that are computed in single precision may be from those in double precision, row by row.</summary>
internal sealed class RowRounding(double[] ofRows)
{
    private double? _usual;

    /// <summary>One for each row.</summary>
    public ReadOnlySpan<double> OfRows => ofRows;

    /// <summary>That of half of the rows is no larger.</summary>
    public double Usual => _usual ??= Median();

    /// <summary>That of a row.</summary>
    public double Of(int row) => ofRows[row];

    private double Median()
    {
        double[] sorted = [.. ofRows];
        Array.Sort(sorted);
        return sorted.Length == 0 ? 0 : sorted[sorted.Length / 2];
    }
}
