// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>
/// A largest difference of rates between groups. Its surrogates are, for each group g, bounds from above and below on <c>v_g'w</c>, the mean score of
/// its rows less that of all (M. B. Zafar and others, "Fairness constraints", 2017); each side has its own level, of any sign: where equal mean scores
/// leave a difference of rates, the means must differ.
/// </summary>
internal sealed class DifferenceForm : IConstraintForm
{
    private readonly bool? _positive;
    private readonly RowSubset _all;
    private readonly RowSubset[] _subsets;

    public DifferenceForm(Constraint constraint, RatedRows rows)
    {
        Constraint = constraint;
        _positive = constraint.Kind == ConstraintKind.EqualOpportunity ? true : null;
        _all = rows.Subset(_positive);
        int[] groups = [.. Enumerable.Range(0, rows.GroupNames.Count).Where(group => rows.Subset(group: group).Rows.Length > 0)];
        _subsets = Array.ConvertAll(groups, group => rows.Subset(_positive, group));
        string of = _positive is null ? "" : "the positives of ";
        List<SurrogateTerm> terms = [];
        double[] everywhere = MeanFeatures(rows.Rows, _all);
        // Of two groups, one's difference from all says what the other's is.
        for (int i = 0; i < (groups.Length == 2 ? 1 : groups.Length); i++)
        {
            double[] difference = MeanFeatures(rows.Rows, _subsets[i]);
            for (int feature = 0; feature < difference.Length; feature++)
            {
                difference[feature] -= everywhere[feature];
            }
            string name = $"mean score of {of}group '{rows.GroupNames[groups[i]]}' less that of all";
            terms.Add(new(name, null, new LinearConstraint(difference, 0)));
            terms.Add(new($"minus the {name}", null, new LinearConstraint(Array.ConvertAll(difference, value => -value), 0)));
        }
        Terms = terms;
    }

    public Constraint Constraint { get; }

    public IReadOnlyList<SurrogateTerm> Terms { get; }

    public double Step => _subsets.Max(subset => subset.LargestShare);

    public double Measure(RateTable table)
    {
        double least = double.PositiveInfinity, most = double.NegativeInfinity;
        int measured = 0;
        // Held-out rows may lack a group, and have some that training did not see.
        for (int group = 0; group < table.Groups; group++)
        {
            double rate = table.Rate(_positive, group);
            if (!double.IsNaN(rate))
            {
                least = Math.Min(least, rate);
                most = Math.Max(most, rate);
                measured++;
            }
        }
        return measured > 1 ? most - least : double.NaN;
    }

    public void Propose(ReadOnlySpan<double> scores, double inside, ReadOnlySpan<bool> active, double gain, Span<double> levels)
    {
        double width = Math.Max(0, Constraint.Bound - inside);
        double[] rates = new double[_subsets.Length];
        for (int i = 0; i < rates.Length; i++)
        {
            rates[i] = RateOf(_subsets[i], scores);
        }
        double from = Band(rates, width, active), mean = 0;
        var shifts = new (double Least, double Most)[rates.Length];
        double[] moves = new double[rates.Length];
        for (int i = 0; i < rates.Length; i++)
        {
            // Up until no more than 1 - from are missed, down until no more than from + width are above.
            double least = ScoreShift.ToMiss(_subsets[i], scores, 1, Math.Max(0, 1 - from));
            double most = -ScoreShift.ToMiss(_subsets[i], scores, -1, Math.Min(1, from + width));
            shifts[i] = least <= most ? (least, most) : ((least + most) / 2, (least + most) / 2);
            // What is held moves as far as it may, the rest no farther than it must.
            bool held = 2 * i < active.Length, fromAbove = held && active[2 * i], fromBelow = held && active[(2 * i) + 1];
            moves[i] = fromAbove == fromBelow ? Math.Clamp(0, shifts[i].Least, shifts[i].Most) : fromAbove ? shifts[i].Most : shifts[i].Least;
            mean += _subsets[i].Weight / _all.Weight * moves[i];
        }
        double everywhere = _all.MeanOf(scores);
        for (int i = 0; i < Terms.Count / 2; i++)
        {
            // All moves together are possible, as far as mean scores tell, and so are these levels together.
            double target = _subsets[i].MeanOf(scores) - everywhere + (gain * (moves[i] - mean)), up = shifts[i].Most - moves[i], down = moves[i] - shifts[i].Least;
            if (rates.Length == 2)
            {
                // The one difference may also use the room of the other group.
                double share = _subsets[i].Weight / _all.Weight;
                up = (1 - share) * (up + moves[1 - i] - shifts[1 - i].Least);
                down = (1 - share) * (down + shifts[1 - i].Most - moves[1 - i]);
            }
            levels[2 * i] = target + up;
            levels[(2 * i) + 1] = -(target - down);
        }
    }

    // Where a band of a width lies best: the least weight of rows must change sides; where none must, those that are held get the room.
    private double Band(double[] rates, double width, ReadOnlySpan<bool> active)
    {
        double low = rates.Min(), high = rates.Max();
        if (high - low <= width)
        {
            bool above = false, below = false;
            for (int i = 0; i < active.Length; i += 2)
            {
                above |= active[i];
                below |= active[i + 1];
            }
            return Math.Clamp(above == below ? (high + low - width) / 2 : below ? high - width : low, 0, 1 - width);
        }
        double best = 0, least = double.PositiveInfinity;
        foreach (double edge in rates.Concat(rates.Select(rate => rate - width)))
        {
            double from = Math.Clamp(edge, 0, 1 - width), moved = 0;
            for (int i = 0; i < rates.Length; i++)
            {
                moved += _subsets[i].Weight * (Math.Max(0, from - rates[i]) + Math.Max(0, rates[i] - from - width));
            }
            if (moved < least)
            {
                least = moved;
                best = from;
            }
        }
        return best;
    }

    private static double RateOf(RowSubset subset, ReadOnlySpan<double> scores)
    {
        double above = 0;
        for (int i = 0; i < subset.Rows.Length; i++)
        {
            above += scores[subset.Rows[i]] > 0 ? subset.Shares[i] : 0;
        }
        return above;
    }

    private static double[] MeanFeatures(TrainingRows rows, RowSubset subset)
    {
        double[] sum = new double[rows.Features];
        for (int i = 0; i < subset.Rows.Length; i++)
        {
            var row = rows[subset.Rows[i]];
            for (int k = 0; k < row.Values.Length; k++)
            {
                sum[row.IsDense ? k : row.Indices[k]] += subset.Shares[i] * row.Values[k];
            }
        }
        return sum;
    }
}
