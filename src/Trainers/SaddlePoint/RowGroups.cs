// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.SaddlePoint;

/// <summary>Which group each row belongs to.</summary>
public sealed class RowGroups
{
    private readonly int[] _rows;

    /// <summary>Copies names and groups.</summary>
    /// <param name="names">The groups' names, all different.</param>
    /// <param name="rows">For each row the index of its group.</param>
    /// <exception cref="ArgumentException">Two groups share a name, or an index is that of no group.</exception>
    public RowGroups(IEnumerable<string> names, IEnumerable<int> rows)
    {
        ArgumentNullException.ThrowIfNull(names);
        ArgumentNullException.ThrowIfNull(rows);
        Names = Array.AsReadOnly([.. names]);
        _rows = [.. rows];
        if (Names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
        {
            throw new ArgumentException($"Two groups are called '{twice.Key}'; names must differ.", nameof(names));
        }
        int bad = Array.FindIndex(_rows, group => group < 0 || group >= Names.Count);
        if (bad >= 0)
        {
            throw new ArgumentException($"Row {bad} is of group {_rows[bad]}; there are {Names.Count} groups, from 0.", nameof(rows));
        }
    }

    /// <summary>The groups' names.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>The index of each row's group.</summary>
    public ReadOnlySpan<int> Rows => _rows;
}
