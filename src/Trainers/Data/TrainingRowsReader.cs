// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Trainers.Data;

/// <summary>Takes rows to train on out of a data view, in one pass.</summary>
internal static class TrainingRowsReader
{
    /// <summary>Reads and checks all rows.</summary>
    /// <param name="view">The data view; its columns have been checked.</param>
    /// <param name="columns">Which columns.</param>
    /// <param name="maxCacheBytes">The most bytes of rows that are kept in memory.</param>
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
        }
        return rows.Finish();
    }
}
