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

    /// <summary>After how many rows it is looked whether the training was cancelled.</summary>
    internal const int CancelEvery = 1 << 14;

    private readonly ConstraintPlan _plan;
    private readonly RateTable _table;
    private readonly double[] _reachable, _rates;
    private readonly double _mostFlipped;

    public BiasPlacement(ConstraintPlan plan)
    {
        _plan = plan;
        _table = new RateTable(plan.Rows);
        _reachable = new double[plan.Forms.Length];
        _rates = new double[plan.Forms.Length];
        Array.Fill(_reachable, double.NaN);
        _mostFlipped = plan.ComparesGroups ? MostFlipped * plan.Rows.Subset().Weight : double.PositiveInfinity;
    }

    /// <summary>The best that each rate comes to, at any bias, while all other rates are what was asked; NaN where they never are. Whole where the last look found nothing.</summary>
    public IReadOnlyList<double> Reachable => Array.AsReadOnly([.. _reachable]);

    /// <summary>Looks.</summary>
    /// <param name="scores">The scores of the training rows.</param>
    /// <param name="margins">How far from 0 each score must be for its side to be sure; empty for not at all.</param>
    /// <param name="cancel">Ends it with <see cref="OperationCanceledException"/>.</param>
    /// <returns>What to add to the bias; null where no shift does.</returns>
    public double? Find(ReadOnlySpan<double> scores, ReadOnlySpan<double> margins, CancellationToken cancel = default)
    {
        cancel.ThrowIfCancellationRequested();
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
        double[] low = new double[sorted.Length + 1], high = new double[sorted.Length + 1];
        low[0] = double.NegativeInfinity;
        high[^1] = double.PositiveInfinity;
        for (int i = 0; i < sorted.Length; i++)
        {
            int other = sorted.Length - 1 - i;
            low[i + 1] = Math.Max(low[i], sorted[i] + (margins.IsEmpty ? 0 : margins[order[i]]));
            high[other] = Math.Min(high[other + 1], sorted[other] - (margins.IsEmpty ? 0 : margins[order[other]]));
        }
        double? up = Sweep(scores, low, high, order, zero, upwards: true, cancel);
        double? down = Sweep(scores, low, high, order, zero, upwards: false, cancel);
        return up is null || (down is not null && Math.Abs(down.Value) < Math.Abs(up.Value)) ? down : up;
    }

    // Thresholds from 0 on, one between each two scores; 'at' scores lie at or below the threshold, surely at or below low[at], and the others above high[at].
    private double? Sweep(ReadOnlySpan<double> scores, double[] low, double[] high, int[] order, int at, bool upwards, CancellationToken cancel)
    {
        double flipped = 0;
        _table.Count(scores);
        for (int step = 1; ; step++)
        {
            if (step % CancelEvery == 0)
            {
                cancel.ThrowIfCancellationRequested();
            }
            if (low[at] < high[at])
            {
                _plan.MeasureRates(_table, _rates);
                if (_plan.Shortfall(_rates) == 0 && flipped <= _mostFlipped)
                {
                    // The nearest to 0; scores at the threshold count as below it.
                    return -Math.Clamp(0, low[at], Math.BitDecrement(high[at]));
                }
                _plan.NoteReachable(_rates, _reachable);
            }
            if (at == (upwards ? order.Length : 0))
            {
                return null;
            }
            at += upwards ? 1 : -1;
            int row = order[upwards ? at - 1 : at];
            _table.Flip(row, above: !upwards);
            flipped += _plan.Rows.Weights[row];
        }
    }

    // The place of the first score above a value.
    private readonly struct Above(double value) : IComparable<double>
    {
        public int CompareTo(double other) => other > value ? -1 : 1;
    }
}
