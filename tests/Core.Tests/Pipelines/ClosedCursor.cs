// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>A cursor that tells whether it was closed, and that can refuse to give ids.</summary>
internal sealed class ClosedCursor(DataViewRowCursor inner, bool fails) : DataViewRowCursor
{
    public bool Closed { get; private set; }

    public override DataViewSchema Schema => inner.Schema;

    public override long Position => inner.Position;

    public override long Batch => inner.Batch;

    public override bool MoveNext() => inner.MoveNext();

    public override bool IsColumnActive(DataViewSchema.Column column) => inner.IsColumnActive(column);

    public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column) => inner.GetGetter<TValue>(column);

    public override ValueGetter<DataViewRowId> GetIdGetter() => fails ? throw new IOException("no ids") : inner.GetIdGetter();

    protected override void Dispose(bool disposing)
    {
        Closed = true;
        inner.Dispose();
        base.Dispose(disposing);
    }
}
