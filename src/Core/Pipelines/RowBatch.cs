// SPDX-License-Identifier: MIT
using Microsoft.ML;

namespace MLNetExtensions.Pipelines;

/// <summary>The rows that a cursor holds at the moment, and which of them it stands on.</summary>
/// <remarks>Scores are computed at the first look at one, for all rows of the batch together.</remarks>
public sealed class RowBatch
{
    private readonly IBatchScorer _scorer;
    private readonly DataViewRow? _row;
    private long _scoredPosition;
    private bool _scored;
    private int _current;

    /// <summary>A batch that its cursor fills.</summary>
    internal RowBatch(IBatchScorer scorer) => _scorer = scorer;

    /// <summary>A batch of one row, read again whenever the row's position has changed.</summary>
    internal RowBatch(IBatchScorer scorer, DataViewRow row)
        : this(scorer) => _row = row;

    /// <summary>The row that getters serve.</summary>
    /// <exception cref="InvalidOperationException">The cursor stands on no row.</exception>
    public int Current => _row is not null || _current < Count
        ? _current
        : throw new InvalidOperationException("The cursor stands on no row: it has not moved yet, has passed the last row, or is disposed.");

    /// <summary>How many rows there are.</summary>
    public int Count { get; private set; }

    /// <summary>Makes sure that the scores of all rows are there.</summary>
    public void EnsureScored()
    {
        if (_row is not null && _row.Position != _scoredPosition)
        {
            _scored = false;
        }
        if (_scored)
        {
            return;
        }
        if (_row is not null)
        {
            _scorer.Read(0);
            _scorer.Score(1);
            _scoredPosition = _row.Position;
        }
        else
        {
            _ = Current;
            _scorer.Score(Count);
        }
        _scored = true;
    }

    /// <summary>Goes to the next row, if there is one more.</summary>
    internal bool MoveNext()
    {
        if (_current + 1 >= Count)
        {
            return false;
        }
        _current++;
        return true;
    }

    internal void Refill(int count)
    {
        _current = 0;
        Count = count;
        _scored = false;
    }
}
