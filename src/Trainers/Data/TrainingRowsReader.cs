// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Takes rows to train on out of a data view, in one pass.</summary>
internal static class TrainingRowsReader
{
    // How many rows are looked at together when they are not kept.
    private const int CheckedRows = 4096;

    /// <summary>Reads and checks all rows, and keeps them if they are not too many.</summary>
    /// <param name="view">The data view; its columns have been checked.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="maxCacheBytes">The most bytes of rows that are kept in memory; when there are more, they will be read from the view at each epoch.</param>
    /// <param name="cancel">Ends the reading with <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="ArgumentException">A number is missing or not finite; the message names row and column.</exception>
    public static TrainingData Read(IDataView view, TrainingColumns columns, long maxCacheBytes, CancellationToken cancel)
    {
        int features = ((VectorDataViewType)view.Schema[columns.Features].Type).Size;
        TrainingRowsBuilder rows = new(features, columns);
        using ViewCursor cursor = new(view, columns, features: true);
        while (cursor.MoveNext())
        {
            cancel.ThrowIfCancellationRequested();
            cursor.CopyTo(rows);
            if (rows.Bytes > maxCacheBytes)
            {
                return ReadOn(view, columns, cursor, rows, maxCacheBytes, cancel);
            }
        }
        return rows.Finish();
    }

    private static StreamedRows ReadOn(IDataView view, TrainingColumns columns, ViewCursor cursor, TrainingRowsBuilder rows, long maxCacheBytes, CancellationToken cancel)
    {
        long count = 0, bytes = 0;
        bool allZero = true;
        bool more = true;
        while (true)
        {
            count += rows.Count;
            bytes += rows.Bytes;
            allZero = rows.Finish().IsAllZero && allZero;
            if (!more)
            {
                break;
            }
            rows = new TrainingRowsBuilder(rows.Features, columns, count);
            while (rows.Count < CheckedRows && (more = cursor.MoveNext()))
            {
                cancel.ThrowIfCancellationRequested();
                cursor.CopyTo(rows);
            }
        }
        return new StreamedRows(rows.Features, count, allZero, Math.Max(1, (long)(maxCacheBytes / 2 / ((double)bytes / count))), features => new ViewCursor(view, columns, features), columns);
    }
}
