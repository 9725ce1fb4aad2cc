// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>A largest mean loss of each group: what is asked is its own surrogate, and there is no level to look for.</summary>
internal sealed class GroupLossForm : IConstraintForm
{
    private readonly int[] _groups;
    private readonly double _level;

    /// <summary>Finds the groups that have rows.</summary>
    /// <param name="constraint">What is asked.</param>
    /// <param name="rows">The training rows.</param>
    /// <param name="level">Where to solve, a little below what is asked.</param>
    public GroupLossForm(Constraint constraint, RatedRows rows, double level)
    {
        _level = level;
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

    public void Propose(ReadOnlySpan<double> scores, double inside, ReadOnlySpan<bool> active, double gain, Span<double> levels) => levels.Fill(_level);
}
