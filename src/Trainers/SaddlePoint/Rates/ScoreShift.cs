// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>By how much scores would have to move, all alike, for a rate to be what is asked.</summary>
internal static class ScoreShift
{
    // Beyond the outermost score: far enough to matter, near enough to stay on the scale.
    private const double Beyond = 1e-3;

    /// <summary>The least number that, added to margins, leaves no more than a part of the rows at or below 0; negative where there is room.</summary>
    /// <param name="rows">Which rows.</param>
    /// <param name="scores">The scores of all rows.</param>
    /// <param name="sign">1 where the margin is the score, -1 where it is its negative.</param>
    /// <param name="missed">The part, from 0 to 1.</param>
    public static double ToMiss(RowSubset rows, ReadOnlySpan<double> scores, int sign, double missed)
    {
        int count = rows.Rows.Length;
        double[] margins = new double[count], shares = [.. rows.Shares];
        for (int i = 0; i < count; i++)
        {
            margins[i] = sign * scores[rows.Rows[i]];
        }
        Array.Sort(margins, shares);
        double sum = 0;
        int first = 0;
        for (; first < count && sum + shares[first] <= missed + Rounding; first++)
        {
            sum += shares[first];
        }
        // Scores of a tie, or so close that no number lies between, are missed together or not at all.
        while (first > 0 && first < count && margins[first] - margins[first - 1] <= Rounding * (1 + Math.Abs(margins[first])))
        {
            first--;
        }
        // Rows before 'first' may be missed; it and those after it may not.
        return first == 0 ? -margins[0] + Beyond : first == count ? -margins[^1] - Beyond : -(margins[first - 1] + margins[first]) / 2;
    }

    private const double Rounding = 1e-12;
}
