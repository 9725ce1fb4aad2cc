// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Reads rows until every worker has as many as it needs; what comes too early for its worker is kept for the next window.</summary>
internal sealed class WindowReader(StreamedRows rows, RowAssignment assignment, RowCensus census, CancellationToken cancel) : IDisposable
{
    private readonly IRowCursor _cursor = rows.Open(features: true);
    private TrainingRowsBuilder _early = new(rows.Features, rows.Columns);
    private List<int> _earlyWorkers = [];
    private readonly RowHash _hash = new();
    private long _row;

    /// <summary>Reads a window.</summary>
    /// <param name="orders">For each local worker as many places as it needs rows; they become row numbers of the window.</param>
    public TrainingRows Read(int[][] orders)
    {
        TrainingRowsBuilder window = new(rows.Features, rows.Columns);
        int[] filled = new int[orders.Length];
        long missing = orders.Sum(order => (long)order.Length);
        using IRowCursor early = _early.Finish().Open(features: true);
        var workers = _earlyWorkers;
        _early = new TrainingRowsBuilder(rows.Features, rows.Columns);
        _earlyWorkers = [];
        for (int i = 0; early.MoveNext(); i++)
        {
            missing -= Take(early, workers[i], orders, filled, window);
        }
        while (missing > 0 && !cancel.IsCancellationRequested)
        {
            if (!MoveNext())
            {
                throw Changed();
            }
            int worker = assignment.WorkerOf(_row);
            if (worker >= 0)
            {
                window.SourceRow = _early.SourceRow = _row;
                missing -= Take(_cursor, worker, orders, filled, window);
            }
            _row++;
        }
        return window.Finish();
    }

    /// <summary>Reads on to the end, and compares what was read with what was counted at first.</summary>
    /// <exception cref="InvalidOperationException">The data has changed.</exception>
    public void Finish()
    {
        for (; !cancel.IsCancellationRequested; _row++)
        {
            if (!MoveNext())
            {
                if (_row != rows.Count || _hash.Value != census.Hash)
                {
                    throw Changed();
                }
                return;
            }
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _cursor.Dispose();

    private bool MoveNext()
    {
        bool more = _cursor.MoveNext();
        if (more)
        {
            _hash.Add(_cursor.Label, _cursor.Weight);
        }
        return more;
    }

    private InvalidOperationException Changed() => new(
        (_row == rows.Count ? "Labels or weights of the data, or the order of its rows, were others at first than later." : $"The data had {rows.Count} rows at first, and {_row} later.")
        + $" Data that is read more than once must stay as it is: write it to a file, cache it, or raise {nameof(SubspaceSgdOptions.MaxCacheBytes)}.");

    // How many rows were taken for this window: one or none.
    private int Take(IRowCursor cursor, int worker, int[][] orders, int[] filled, TrainingRowsBuilder window)
    {
        if (filled[worker] == orders[worker].Length)
        {
            cursor.CopyTo(_early);
            _earlyWorkers.Add(worker);
            return 0;
        }
        orders[worker][filled[worker]++] = window.Count;
        cursor.CopyTo(window);
        return 1;
    }
}
