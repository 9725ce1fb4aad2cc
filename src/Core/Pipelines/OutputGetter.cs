// SPDX-License-Identifier: MIT
using Microsoft.ML;
using Microsoft.ML.Data;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>Makes the getters that serve rows of an output tensor as a column.</summary>
internal static class OutputGetter
{
    public static Delegate Create(OnnxOutputColumn output, TensorBuffer source, RowBatch batch) => output.Kind switch
    {
        OnnxOutputKind.Tensor => Generic.Call<Delegate>(typeof(OutputGetter), nameof(Vector), [source.ElementType], source, batch),
        OnnxOutputKind.Scalar => Generic.Call<Delegate>(typeof(OutputGetter), nameof(Scalar), [source.ElementType], source, batch),
        OnnxOutputKind.Key => Key((TensorBuffer<long>)source, batch, output.Classes!.Count),
        _ when source is TensorBuffer<bool> booleans => Scalar<bool>(booleans, batch),
        _ => NotZero((TensorBuffer<long>)source, batch),
    };

    private static ValueGetter<VBuffer<T>> Vector<T>(TensorBuffer source, RowBatch batch)
        where T : unmanaged
    {
        var buffer = (TensorBuffer<T>)source;
        return (ref VBuffer<T> value) =>
        {
            batch.EnsureScored();
            var editor = VBufferEditor.Create(ref value, buffer.RowLength);
            buffer.Row(batch.Current).CopyTo(editor.Values);
            value = editor.Commit();
        };
    }

    private static ValueGetter<T> Scalar<T>(TensorBuffer source, RowBatch batch)
        where T : unmanaged
    {
        var buffer = (TensorBuffer<T>)source;
        return (ref T value) =>
        {
            batch.EnsureScored();
            value = buffer.Row(batch.Current)[0];
        };
    }

    private static ValueGetter<bool> NotZero(TensorBuffer<long> source, RowBatch batch) => (ref bool value) =>
    {
        batch.EnsureScored();
        value = source.Row(batch.Current)[0] != 0;
    };

    // An index outside the classes is the missing key, as in the saved face.
    private static ValueGetter<uint> Key(TensorBuffer<long> source, RowBatch batch, int count) => (ref uint value) =>
    {
        batch.EnsureScored();
        long index = source.Row(batch.Current)[0];
        value = index >= 0 && index < count ? (uint)index + 1 : 0;
    };
}
