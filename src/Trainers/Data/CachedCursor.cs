// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Trainers.Data;

/// <summary>Reads rows that are in memory.</summary>
internal sealed class CachedCursor(TrainingRows rows) : IRowCursor
{
    private int _row = -1;

    public float Label => rows.Labels[_row];

    public float Weight => rows.Weights.IsEmpty ? 1 : rows.Weights[_row];

    public bool MoveNext() => ++_row < rows.Count;

    public void CopyTo(TrainingRowsBuilder destination) => destination.Add(rows[_row], Label, Weight);

    public void Dispose()
    {
    }
}
