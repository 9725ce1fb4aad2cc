// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>The loss that surrogates are made of.</summary>
internal static class LogisticLoss
{
    /// <summary><c>log(1 + exp(-margin))</c>.</summary>
    public static double At(double margin) => Math.Max(-margin, 0) + double.LogP1(Math.Exp(-Math.Abs(margin)));

    /// <summary>The mean over rows, with one and the same number added to all margins.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="scores">The scores of all rows.</param>
    /// <param name="sign">1 where scores should be above 0, -1 where below.</param>
    /// <param name="shift">What is added.</param>
    public static double Mean(RowSubset rows, ReadOnlySpan<double> scores, int sign, double shift)
    {
        double sum = 0;
        for (int i = 0; i < rows.Rows.Length; i++)
        {
            sum += rows.Shares[i] * At((sign * scores[rows.Rows[i]]) + shift);
        }
        return sum;
    }
}
