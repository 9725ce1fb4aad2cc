// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace Microsoft.ML;

/// <summary>One row: getters for the values of its active columns.</summary>
public abstract class DataViewRow : IDisposable
{
    protected DataViewRow()
    {
    }

    /// <summary>How many rows came before in this cursor; -1 before the first and after the last.</summary>
    public abstract long Position { get; }

    /// <summary>By which the cursors of a set are merged: rows of a smaller batch come first.</summary>
    public abstract long Batch { get; }

    public abstract DataViewSchema Schema { get; }

    public void Dispose()
    {
        Dispose(true);
        GC.SuppressFinalize(this);
    }

    protected virtual void Dispose(bool disposing)
    {
    }

    public abstract ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column);

    public abstract ValueGetter<DataViewRowId> GetIdGetter();

    public abstract bool IsColumnActive(DataViewSchema.Column column);
}
