// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>A largest mean loss of each group: what is asked is its own surrogate, and there is no level to look for.</summary>
internal sealed class GroupLossForm : IConstraintForm
{
    // What single precision and the solver's tolerance may take.
    private const double Reserve = 1e-5;

    private readonly int[] _groups;

    public GroupLossForm(Constraint constraint, RatedRows rows)
    {
        Constraint = constraint;
        _groups = [.. Enumerable.Range(0, rows.GroupNames.Count).Where(group => rows.Subset(group: group).Rows.Length > 0)];
        Terms = [.. _groups.Select(group => new SurrogateTerm($"mean loss of group '{rows.GroupNames[group]}'", new LossConstraint(rows.Subset(group: group).Rows, rows.Subset(group: group).Shares)))];
    }

    public Constraint Constraint { get; }

    public IReadOnlyList<SurrogateTerm> Terms { get; }

    public double Step => 0;

    public double Measure(RateTable table)
    {
        double[] losses = [.. _groups.Select(table.Loss).Where(double.IsFinite)];
        return losses.Length == 0 ? double.NaN : losses.Max();
    }

    public void Propose(ReadOnlySpan<double> scores, double inside, ReadOnlySpan<bool> active, double gain, Span<double> levels) => levels.Fill(Constraint.Bound * (1 - Reserve));
}
