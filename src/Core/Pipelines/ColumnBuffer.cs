// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;

namespace MLNetExtensions.Pipelines;

/// <summary>Keeps one column's values for the rows of a batch.</summary>
internal abstract class ColumnBuffer
{
    /// <summary>Copies the value of the row that the cursor stands on.</summary>
    public abstract void Read(int index);

    /// <summary>A getter of the batch's current row.</summary>
    public abstract Delegate CreateGetter(RowBatch batch);

    /// <summary>True when a value of that type still holds after its cursor moved on.</summary>
    public static bool CanCopy(DataViewType type) => ((type as VectorDataViewType)?.ItemType ?? type) is
        NumberDataViewType or TextDataViewType or BooleanDataViewType or KeyDataViewType or RowIdDataViewType
        or DateTimeDataViewType or DateTimeOffsetDataViewType or TimeSpanDataViewType;

    public static ColumnBuffer Create(DataViewRow row, DataViewSchema.Column column, int capacity) => column.Type is VectorDataViewType vector
        ? Generic.Call<ColumnBuffer>(typeof(ColumnBuffer), nameof(OfVectors), [vector.ItemType.RawType], row, column, capacity)
        : Generic.Call<ColumnBuffer>(typeof(ColumnBuffer), nameof(OfScalars), [column.Type.RawType], row, column, capacity);

    private static Scalars<T> OfScalars<T>(DataViewRow row, DataViewSchema.Column column, int capacity) => new Scalars<T>(row.GetGetter<T>(column), capacity);

    private static Vectors<T> OfVectors<T>(DataViewRow row, DataViewSchema.Column column, int capacity) => new Vectors<T>(row.GetGetter<VBuffer<T>>(column), capacity);

    private sealed class Scalars<T>(ValueGetter<T> source, int capacity) : ColumnBuffer
    {
        private readonly T[] _values = new T[capacity];

        public override void Read(int index) => source(ref _values[index]);

        public override Delegate CreateGetter(RowBatch batch) => (ValueGetter<T>)((ref T value) => value = _values[batch.Current]);
    }

    private sealed class Vectors<T>(ValueGetter<VBuffer<T>> source, int capacity) : ColumnBuffer
    {
        private readonly VBuffer<T>[] _values = new VBuffer<T>[capacity];
        private VBuffer<T> _scratch;

        // A getter may hand out memory of its own in place of the buffer that it is given, so it never gets the batch's.
        public override void Read(int index)
        {
            source(ref _scratch);
            _scratch.CopyTo(ref _values[index]);
        }

        public override Delegate CreateGetter(RowBatch batch) => (ValueGetter<VBuffer<T>>)((ref VBuffer<T> value) => _values[batch.Current].CopyTo(ref value));
    }
}
