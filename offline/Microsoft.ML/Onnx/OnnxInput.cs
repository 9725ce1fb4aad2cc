// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime;

namespace Microsoft.ML.StandIn;

/// <summary>A column that is an input of a model.</summary>
internal sealed class OnnxInput
{
    private OnnxInput(DataViewSchema.Column column, OnnxTensor tensor, long[] shape)
    {
        Column = column;
        Tensor = tensor;
        Shape = shape;
    }

    internal DataViewSchema.Column Column { get; }

    internal OnnxTensor Tensor { get; }

    /// <summary>The shape of the tensor that a row gives; a dimension of 0 in a vector of variable size is found row by row.</summary>
    internal long[] Shape { get; }

    internal bool IsVariable => Column.Type is VectorDataViewType { IsKnownSize: false };

    /// <summary>Finds the column and holds its type against the tensor's.</summary>
    internal static OnnxInput Bind(DataViewSchema schema, OnnxTensor tensor)
    {
        DataViewSchema.Column column = schema.Required(tensor.Name);
        tensor.CheckRank();

        if (tensor.Dimensions.Count(d => d == 0) > 1)
        {
            throw new ArgumentOutOfRangeException(tensor.Name, "Only 1 unknown dimension is allowed");
        }

        if (InputColumns.ItemOf(column.Type).RawType != tensor.Item.RawType)
        {
            throw InputColumns.Mismatch(tensor.Name, tensor.Item.ToString(), column.Type.ToString());
        }

        var vector = column.Type as VectorDataViewType;
        int length = vector is null ? 1 : vector.Size;
        if (length > 0 && length % tensor.KnownLength != 0)
        {
            throw new InvalidOperationException(
                $"Input shape mismatch: Input '{tensor.Name}' has shape {string.Join(',', tensor.Dimensions)}, but input data is of length {length}.");
        }

        return new OnnxInput(column, tensor, vector is null ? [1, 1] : tensor.Shape);
    }

    /// <summary>Makes what brings the column's values of a row into a tensor.</summary>
    internal OnnxFeed MakeFeed(DataViewRow row)
        => Column.Type is VectorDataViewType
            ? RowGetters.Call<OnnxFeed>(typeof(OnnxInput), this, nameof(VectorFeed), [Tensor.Item.RawType], row)
            : RowGetters.Call<OnnxFeed>(typeof(OnnxInput), this, nameof(ScalarFeed), [Tensor.Item.RawType], row);

    private OnnxFeed<T> ScalarFeed<T>(DataViewRow row)
    {
        ValueGetter<T> getter = row.GetGetter<T>(Column);
        return new OnnxFeed<T>(new T[1], Shape, buffer => getter(ref buffer[0]));
    }

    private OnnxFeed VectorFeed<T>(DataViewRow row)
    {
        ValueGetter<VBuffer<T>> getter = row.GetGetter<VBuffer<T>>(Column);
        VBuffer<T> values = default;
        if (IsVariable)
        {
            return new OnnxVariableFeed<T>(Shape, getter);
        }

        int length = ((VectorDataViewType)Column.Type).Size;
        long product = Shape.Aggregate(1L, (all, d) => all * d);
        if (product != length)
        {
            throw new ArgumentException($"Length of memory ({length}) must match product of dimensions ({product}).");
        }

        return new OnnxFeed<T>(new T[length], Shape, buffer =>
        {
            getter(ref values);
            if (values.Length != buffer.Length)
            {
                throw new InvalidOperationException($"Input shape mismatch: Input '{Tensor.Name}' has shape {string.Join(',', Shape)}, but input data is of length {values.Length}.");
            }

            values.CopyTo(buffer);
        });
    }
}
