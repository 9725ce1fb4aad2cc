// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>How much of each class of each group has a score above 0, and the groups' losses.</summary>
internal sealed class RateTable
{
    private readonly RatedRows _rows;
    private readonly int _groups;
    // By class, then group.
    private readonly double[] _totals;
    private readonly double[] _above;
    private readonly double[] _losses;

    public RateTable(RatedRows rows)
    {
        _rows = rows;
        _groups = Math.Max(1, rows.GroupNames.Count);
        _totals = new double[2 * _groups];
        _above = new double[2 * _groups];
        _losses = new double[_groups];
        for (int row = 0; row < rows.Count; row++)
        {
            _totals[Cell(row)] += rows.Weights[row];
        }
    }

    /// <summary>Counts anew.</summary>
    public RateTable Count(ReadOnlySpan<double> scores)
    {
        Array.Clear(_above);
        Array.Clear(_losses);
        for (int row = 0; row < scores.Length; row++)
        {
            if (scores[row] > 0)
            {
                _above[Cell(row)] += _rows.Weights[row];
            }
            _losses[_rows.GroupOf(row)] += _rows.Weights[row] * LogisticLoss.At(_rows.Positive[row] ? scores[row] : -scores[row]);
        }
        return this;
    }

    /// <summary>Counts a row as above 0, or no longer.</summary>
    public void Flip(int row, bool above) => _above[Cell(row)] += above ? _rows.Weights[row] : -_rows.Weights[row];

    /// <summary>The part of a class and a group that is above 0; NaN where there is nothing of it.</summary>
    public double Rate(bool? positive = null, int? group = null)
    {
        double above = Sum(_above, positive, group), total = Sum(_totals, positive, group);
        return total > 0 ? above / total : double.NaN;
    }

    /// <summary>The part of what is above 0 that is positive; NaN where nothing is.</summary>
    public double Precision()
    {
        double above = Sum(_above, null, null);
        return above > SmallestWeight() ? Sum(_above, true, null) / above : double.NaN;
    }

    /// <summary>The mean loss of a group; NaN where it has no rows.</summary>
    public double Loss(int group)
    {
        double total = Sum(_totals, null, group);
        return total > 0 ? _losses[group] / total : double.NaN;
    }

    // What adding and taking away the same weights may leave.
    private double SmallestWeight() => 1e-12 * _totals.Sum();

    private int Cell(int row) => (_rows.Positive[row] ? _groups : 0) + _rows.GroupOf(row);

    private double Sum(double[] cells, bool? positive, int? group)
    {
        double sum = 0;
        for (int label = positive == true ? 1 : 0; label <= (positive == false ? 0 : 1); label++)
        {
            if (group is { } one)
            {
                sum += cells[(label * _groups) + one];
                continue;
            }
            for (int i = 0; i < _groups; i++)
            {
                sum += cells[(label * _groups) + i];
            }
        }
        return sum;
    }
}
