// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SaddlePoint.Rates;

/// <summary>Rows whose rates are measured: with weights, classes and groups.</summary>
internal sealed class RatedRows
{
    private readonly Dictionary<(bool? Positive, int? Group), RowSubset> _subsets = [];

    /// <summary>Takes rows.</summary>
    /// <param name="rows">Features, labels that are 0 or 1, weights.</param>
    /// <param name="groups">The group of each row; null where there are none.</param>
    public RatedRows(TrainingRows rows, RowGroups? groups)
    {
        Rows = rows;
        Groups = groups;
        Positive = new bool[rows.Count];
        Weights = new double[rows.Count];
        for (int row = 0; row < Positive.Length; row++)
        {
            Positive[row] = rows.Labels[row] > 0;
            Weights[row] = rows.Weights.IsEmpty ? 1 : rows.Weights[row];
        }
    }

    public TrainingRows Rows { get; }

    public RowGroups? Groups { get; }

    public IReadOnlyList<string> GroupNames => Groups?.Names ?? [];

    /// <summary>Which rows are positive.</summary>
    public bool[] Positive { get; }

    /// <summary>The rows' weights.</summary>
    public double[] Weights { get; }

    public int Count => Weights.Length;

    public int GroupOf(int row) => Groups is null ? 0 : Groups.Rows[row];

    /// <summary>The rows of a class and a group; null for all.</summary>
    public RowSubset Subset(bool? positive = null, int? group = null)
    {
        if (_subsets.TryGetValue((positive, group), out var known))
        {
            return known;
        }
        if (group is not null)
        {
            FindGroups(positive);
            return _subsets[(positive, group)];
        }
        List<int> rows = [];
        for (int row = 0; row < Count; row++)
        {
            if (Weights[row] > 0 && (positive is null || Positive[row] == positive))
            {
                rows.Add(row);
            }
        }
        return _subsets[(positive, null)] = SubsetOf(rows);
    }

    // Those of all groups, reading the rows once.
    private void FindGroups(bool? positive)
    {
        var rows = new List<int>[Math.Max(1, GroupNames.Count)];
        for (int group = 0; group < rows.Length; group++)
        {
            rows[group] = [];
        }
        for (int row = 0; row < Count; row++)
        {
            if (Weights[row] > 0 && (positive is null || Positive[row] == positive))
            {
                rows[GroupOf(row)].Add(row);
            }
        }
        for (int group = 0; group < rows.Length; group++)
        {
            _subsets[(positive, group)] = SubsetOf(rows[group]);
        }
    }

    private RowSubset SubsetOf(List<int> rows)
    {
        double weight = 0;
        foreach (int row in rows)
        {
            weight += Weights[row];
        }
        return new RowSubset([.. rows], [.. rows.Select(row => Weights[row] / weight)], weight);
    }
}
