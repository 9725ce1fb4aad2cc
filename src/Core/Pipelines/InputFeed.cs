// SPDX-License-Identifier: MIT
using System.Diagnostics.CodeAnalysis;
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>Copies a column's value into its row of an input tensor; sparse vectors become dense.</summary>
internal abstract class InputFeed
{
    public abstract void Read(int index);

    public static InputFeed Create(DataViewRow row, DataViewSchema.Column column, TensorBuffer target) =>
        Generic.Call<InputFeed>(typeof(InputFeed), column.Type is VectorDataViewType ? nameof(OfVectors) : nameof(OfScalars), [target.ElementType], row, column, target);

    private static Scalars<T> OfScalars<T>(DataViewRow row, DataViewSchema.Column column, TensorBuffer target)
        where T : unmanaged => new(row.GetGetter<T>(column), (TensorBuffer<T>)target);

    private static Vectors<T> OfVectors<T>(DataViewRow row, DataViewSchema.Column column, TensorBuffer target)
        where T : unmanaged => new(row.GetGetter<VBuffer<T>>(column), (TensorBuffer<T>)target, column.Name);

    private sealed class Scalars<T>(ValueGetter<T> source, TensorBuffer<T> target) : InputFeed
        where T : unmanaged
    {
        public override void Read(int index) => source(ref target.Row(index)[0]);
    }

    private sealed class Vectors<T>(ValueGetter<VBuffer<T>> source, TensorBuffer<T> target, string column) : InputFeed
        where T : unmanaged
    {
        private VBuffer<T> _value;

        public override void Read(int index)
        {
            source(ref _value);
            if (_value.Length != target.RowLength)
            {
                ThrowLength(_value.Length);
            }
            _value.CopyTo(target.Row(index));
        }

        [DoesNotReturn]
        private void ThrowLength(int length) =>
            throw new InvalidOperationException($"A row of column '{column}' has {length} items; its type promises {target.RowLength}.");
    }
}
