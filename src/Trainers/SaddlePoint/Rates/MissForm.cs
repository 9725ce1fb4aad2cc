// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>A least recall or a largest false-positive rate: so many rows of one class may be on the wrong side.</summary>
internal sealed class MissForm : IConstraintForm
{
    private readonly RowSubset _subset;
    private readonly bool _positive;
    private readonly int? _group;
    private readonly double _missed;

    public MissForm(Constraint constraint, RatedRows rows, int? group)
    {
        Constraint = constraint;
        _positive = constraint.Kind == ConstraintKind.MinRecall;
        _group = group;
        _missed = _positive ? 1 - constraint.Bound : constraint.Bound;
        _subset = rows.Subset(_positive, group);
        Terms = [new($"mean loss of the {(_positive ? "positives" : "negatives")}{(constraint.Group is null ? "" : $" of group '{constraint.Group}'")}", new LossConstraint(_subset.Rows, _subset.Shares))];
    }

    public Constraint Constraint { get; }

    public IReadOnlyList<SurrogateTerm> Terms { get; }

    public double Step => _subset.LargestShare;

    public double Measure(RateTable table) => table.Rate(_positive, _group);

    public void Propose(ReadOnlySpan<double> scores, double inside, ReadOnlySpan<bool> active, double gain, Span<double> levels)
    {
        int sign = _positive ? 1 : -1;
        levels[0] = LogisticLoss.Mean(_subset, scores, sign, ScoreShift.ToMiss(_subset, scores, sign, Math.Max(0, _missed - inside)));
    }
}
