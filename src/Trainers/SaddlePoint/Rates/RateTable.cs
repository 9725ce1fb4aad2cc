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
    // By class.
    private readonly double[] _totalOfClass = new double[2];
    private readonly double[] _aboveOfClass = new double[2];

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
            _totalOfClass[Class(row)] += rows.Weights[row];
        }
    }

    /// <summary>How many groups the rows may be of.</summary>
    public int Groups => _groups;

    /// <summary>Counts anew.</summary>
    public RateTable Count(ReadOnlySpan<double> scores)
    {
        Array.Clear(_above);
        Array.Clear(_losses);
        Array.Clear(_aboveOfClass);
        for (int row = 0; row < scores.Length; row++)
        {
            if (scores[row] > 0)
            {
                _above[Cell(row)] += _rows.Weights[row];
                _aboveOfClass[Class(row)] += _rows.Weights[row];
            }
            _losses[_rows.GroupOf(row)] += _rows.Weights[row] * LogisticLoss.At(_rows.Positive[row] ? scores[row] : -scores[row]);
        }
        return this;
    }

    /// <summary>Counts a row as above 0, or no longer.</summary>
    public void Flip(int row, bool above)
    {
        double change = above ? _rows.Weights[row] : -_rows.Weights[row];
        _above[Cell(row)] += change;
        _aboveOfClass[Class(row)] += change;
    }

    /// <summary>The part of a class and a group that is above 0; NaN where there is nothing of it.</summary>
    public double Rate(bool? positive = null, int? group = null)
    {
        double above = Sum(_above, _aboveOfClass, positive, group), total = Sum(_totals, _totalOfClass, positive, group);
        return total > 0 ? above / total : double.NaN;
    }

    /// <summary>The part of what is above 0 that is positive; NaN where nothing is.</summary>
    public double Precision()
    {
        double above = _aboveOfClass[0] + _aboveOfClass[1];
        return above > SmallestWeight() ? _aboveOfClass[1] / above : double.NaN;
    }

    /// <summary>The mean loss of a group; NaN where it has no rows.</summary>
    public double Loss(int group)
    {
        double total = Sum(_totals, _totalOfClass, null, group);
        return total > 0 ? _losses[group] / total : double.NaN;
    }

    // What adding and taking away the same weights may leave.
    private double SmallestWeight() => 1e-12 * (_totalOfClass[0] + _totalOfClass[1]);

    private int Class(int row) => _rows.Positive[row] ? 1 : 0;

    private int Cell(int row) => (_rows.Positive[row] ? _groups : 0) + _rows.GroupOf(row);

    private double Sum(double[] cells, double[] classes, bool? positive, int? group)
    {
        double sum = 0;
        for (int label = positive == true ? 1 : 0; label <= (positive == false ? 0 : 1); label++)
        {
            sum += group is { } one ? cells[(label * _groups) + one] : classes[label];
        }
        return sum;
    }
}
