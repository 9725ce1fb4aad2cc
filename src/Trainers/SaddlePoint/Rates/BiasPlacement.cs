// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>
/// Looks for the least change of the bias with which all rates are what was asked, and no score is so near 0 that single precision could change its side.
/// Rates are steps: a solution at the right levels may miss one by a row, and a tiny shift then mends it.
/// </summary>
internal sealed class BiasPlacement
{
    // Groups fare alike where the bias lets all rows pass, or none, which nobody asked for: between groups a shift only mends steps, by so much of the rows' weight.
    private const double MostFlipped = 0.02;

    private readonly ConstraintPlan _plan;
    private readonly RateTable _table;
    private readonly double[] _reachable;
    private readonly double _mostFlipped;

    public BiasPlacement(ConstraintPlan plan)
    {
        _plan = plan;
        _table = new RateTable(plan.Rows);
        _reachable = new double[plan.Forms.Length];
        _mostFlipped = plan.ComparesGroups ? MostFlipped * plan.Rows.Subset().Weight : double.PositiveInfinity;
    }

    /// <summary>The best that each rate comes to, at any bias, while all other rates are what was asked; NaN where they never are. Whole where the last look found nothing.</summary>
    public IReadOnlyList<double> Reachable => Array.AsReadOnly([.. _reachable]);

    /// <summary>Looks.</summary>
    /// <param name="scores">The scores of the training rows.</param>
    /// <param name="margin">How far from 0 a score must be for its side to be sure.</param>
    /// <returns>What to add to the bias; null where no shift does.</returns>
    public double? Find(ReadOnlySpan<double> scores, double margin)
    {
        int[] order = new int[scores.Length];
        double[] sorted = scores.ToArray();
        for (int row = 0; row < order.Length; row++)
        {
            order[row] = row;
        }
        Array.Sort(sorted, order);
        int zero = sorted.AsSpan().BinarySearch(new Above(0));
        zero = zero < 0 ? ~zero : zero;
        Array.Fill(_reachable, double.NaN);
        double? up = Sweep(scores, sorted, order, zero, margin, upwards: true);
        double? down = Sweep(scores, sorted, order, zero, margin, upwards: false);
        return up is null || (down is not null && Math.Abs(down.Value) < Math.Abs(up.Value)) ? down : up;
    }

    // Thresholds from 0 on, one between each two scores; 'at' scores lie at or below the threshold.
    private double? Sweep(ReadOnlySpan<double> scores, double[] sorted, int[] order, int at, double margin, bool upwards)
    {
        double flipped = 0;
        _table.Count(scores);
        while (true)
        {
            double below = at == 0 ? double.NegativeInfinity : sorted[at - 1], above = at == sorted.Length ? double.PositiveInfinity : sorted[at];
            if (above - below > 2 * margin)
            {
                double[] rates = _plan.Measure(_table);
                if (_plan.Shortfall(rates) == 0 && flipped <= _mostFlipped)
                {
                    return -Threshold(below, above, margin);
                }
                _plan.NoteReachable(rates, _reachable);
            }
            if (at == (upwards ? sorted.Length : 0))
            {
                return null;
            }
            at += upwards ? 1 : -1;
            int row = order[upwards ? at - 1 : at];
            _table.Flip(row, above: !upwards);
            flipped += _plan.Rows.Weights[row];
        }
    }

    // The nearest to 0 that both scores are far enough from.
    private static double Threshold(double below, double above, double margin)
    {
        double low = below + margin, high = above - margin;
        return low <= high ? Math.Clamp(0, low, high) : (below + above) / 2;
    }

    // The place of the first score above a value.
    private readonly struct Above(double value) : IComparable<double>
    {
        public int CompareTo(double other) => other > value ? -1 : 1;
    }
}
