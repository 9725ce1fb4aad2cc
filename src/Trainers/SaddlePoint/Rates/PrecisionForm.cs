// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>A least precision. Its surrogate is the loss of the negatives: the smaller it is, the fewer of them are above 0.</summary>
internal sealed class PrecisionForm : IConstraintForm
{
    private readonly RatedRows _rows;
    private readonly RowSubset _negatives;

    public PrecisionForm(Constraint constraint, RatedRows rows)
    {
        Constraint = constraint;
        _rows = rows;
        _negatives = rows.Subset(positive: false);
        Terms = [new("mean loss of the negatives, for precision", new LossConstraint(_negatives.Rows, _negatives.Shares))];
    }

    public Constraint Constraint { get; }

    public IReadOnlyList<SurrogateTerm> Terms { get; }

    public double Step => _rows.Subset().LargestShare;

    public double Measure(RateTable table) => table.Precision();

    public void Propose(ReadOnlySpan<double> scores, double inside, ReadOnlySpan<bool> active, double gain, Span<double> levels) =>
        levels[0] = LogisticLoss.Mean(_negatives, scores, -1, Threshold(scores, Math.Min(1, Constraint.Bound + inside)));

    // The lowest score above which the precision is enough; where it never is, that above which it is best.
    private double Threshold(ReadOnlySpan<double> scores, double precision)
    {
        double[] falling = new double[scores.Length];
        int[] rows = new int[scores.Length];
        for (int row = 0; row < rows.Length; row++)
        {
            falling[row] = -scores[row];
            rows[row] = row;
        }
        Array.Sort(falling, rows);
        double positives = 0, all = 0, best = -1, threshold = 0, bestThreshold = 0;
        bool found = false;
        for (int i = 0; i < rows.Length; i++)
        {
            all += _rows.Weights[rows[i]];
            positives += _rows.Positive[rows[i]] ? _rows.Weights[rows[i]] : 0;
            double gap = i + 1 < rows.Length ? (falling[i + 1] - falling[i]) / 2 : 1;
            if (gap <= 0 || all <= 0)
            {
                continue;
            }
            double here = positives / all;
            if (here >= precision)
            {
                threshold = -falling[i] - gap;
                found = true;
            }
            if (here > best)
            {
                best = here;
                bestThreshold = -falling[i] - gap;
            }
        }
        return found ? threshold : bestThreshold;
    }
}
