// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.SubspaceSgd.Training;

/// <summary>Reads rows until every worker has as many as it needs; what comes too early for its worker is kept for the next window.</summary>
internal sealed class WindowReader(StreamedRows rows, RowAssignment assignment) : IDisposable
{
    private readonly IRowCursor _cursor = rows.Open(features: true);
    private TrainingRowsBuilder _early = new(rows.Features);
    private List<int> _earlyWorkers = [];
    private long _row;

    /// <summary>Reads a window.</summary>
    /// <param name="orders">For each local worker as many places as it needs rows; they become row numbers of the window.</param>
    public TrainingRows Read(int[][] orders)
    {
        TrainingRowsBuilder window = new(rows.Features);
        int[] filled = new int[orders.Length];
        long missing = orders.Sum(order => (long)order.Length);
        using IRowCursor early = _early.Finish().Open(features: true);
        var workers = _earlyWorkers;
        _early = new TrainingRowsBuilder(rows.Features);
        _earlyWorkers = [];
        for (int i = 0; early.MoveNext(); i++)
        {
            missing -= Take(early, workers[i], orders, filled, window);
        }
        while (missing > 0)
        {
            if (!_cursor.MoveNext())
            {
                throw new InvalidOperationException($"The data had {rows.Count} rows at first, and {_row} later. Data that is read more than once must stay as it is.");
            }
            int worker = assignment.WorkerOf(_row++);
            if (worker >= 0)
            {
                missing -= Take(_cursor, worker, orders, filled, window);
            }
        }
        return window.Finish();
    }

    /// <inheritdoc/>
    public void Dispose() => _cursor.Dispose();

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
