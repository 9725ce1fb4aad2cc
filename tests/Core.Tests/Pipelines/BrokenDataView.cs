// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Core.Tests.Pipelines;

/// <summary>A good view with one thing replaced.</summary>
internal sealed class BrokenDataView(IDataView inner) : IDataView
{
    public Func<IEnumerable<DataViewSchema.Column>, Random?, DataViewRowCursor> CursorWith { get; init; } = inner.GetRowCursor;

    public Func<IEnumerable<DataViewSchema.Column>, int, Random?, DataViewRowCursor[]> SetWith { get; init; } = inner.GetRowCursorSet;

    public bool CanShuffle => inner.CanShuffle;

    public DataViewSchema Schema => inner.Schema;

    public long? GetRowCount() => inner.GetRowCount();

    public DataViewRowCursor GetRowCursor(IEnumerable<DataViewSchema.Column> columnsNeeded, Random? rand = null) => CursorWith(columnsNeeded, rand);

    public DataViewRowCursor[] GetRowCursorSet(IEnumerable<DataViewSchema.Column> columnsNeeded, int n, Random? rand = null) => SetWith(columnsNeeded, n, rand);

    /// <summary>A cursor with one thing replaced.</summary>
    public sealed class Cursor(DataViewRowCursor inner) : DataViewRowCursor
    {
        public Func<DataViewSchema.Column, bool> ActiveWith { get; init; } = inner.IsColumnActive;

        public Func<long> BatchWith { get; init; } = () => inner.Batch;

        public Func<bool> MoveWith { get; init; } = inner.MoveNext;

        /// <summary>Added to every Single of a scalar column.</summary>
        public Func<float> Noise { get; init; } = () => 0;

        public override DataViewSchema Schema => inner.Schema;

        public override long Position => inner.Position;

        public override long Batch => BatchWith();

        public override bool MoveNext() => MoveWith();

        public override bool IsColumnActive(DataViewSchema.Column column) => ActiveWith(column);

        public override ValueGetter<TValue> GetGetter<TValue>(DataViewSchema.Column column)
        {
            var getter = inner.GetGetter<TValue>(column);
            if (getter is not ValueGetter<float> single || column.Name == "Weight")
            {
                return getter;
            }
            return (ValueGetter<TValue>)(Delegate)(ValueGetter<float>)((ref float value) =>
            {
                single(ref value);
                value += Noise();
            });
        }

        public override ValueGetter<DataViewRowId> GetIdGetter() => inner.GetIdGetter();

        protected override void Dispose(bool disposing)
        {
            if (disposing)
            {
                inner.Dispose();
            }
            base.Dispose(disposing);
        }
    }
}
