// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime.Tensors;
using MLNetExtensions.Onnx.Running;

namespace MLNetExtensions.Pipelines;

/// <summary>How a flat column fills a tensor: the open dimensions of an input, found from the column's length.</summary>
internal static class OnnxRowShape
{
    /// <summary>Checks a column's type against an input, and its length where that is known.</summary>
    /// <exception cref="ArgumentException">They do not fit.</exception>
    public static void Check(OnnxTensorInfo input, FoundColumn column)
    {
        var item = input.IsTensor ? ColumnTypes.ItemTypeOf(input.ElementType) : null;
        if (item is null)
        {
            throw new ArgumentException($"The model input {input} takes what no column holds. Score the model with ApplyOnnxModel, or put a Cast node from float before the input.");
        }
        bool keyForIndex = column.IsKey && input.ElementType == TensorElementType.UInt32 && column.ItemType.RawType == typeof(uint);
        if (!keyForIndex && (column.IsKey || !column.ItemType.Equals(item)))
        {
            throw new ArgumentException($"Column '{column.Name}' is {column}; the model input {input} needs items of type {item}. Convert it with Conversion.ConvertType, or choose another column.");
        }
        if (column.Length == 0)
        {
            throw new ArgumentException($"Column '{column.Name}' is {column}; the model input {input} needs a vector of a fixed length. Give the column one where it is loaded or made.");
        }
        if (column.Length is int length)
        {
            _ = Resolve(input, column, length);
        }
    }

    /// <summary>The full shape of the tensor for one row: an open first dimension is 1, at most one other follows from the column's length.</summary>
    public static long[] Resolve(OnnxTensorInfo input, FoundColumn column, int length)
    {
        long[] shape = [.. input.Dimensions];
        if (input.LeadingDimensionIsOpen)
        {
            shape[0] = 1;
        }
        // No column is longer than int.MaxValue: what exceeds it need not be counted.
        long known = shape.Contains(0) ? 0 : shape.Where(d => d > 0).Aggregate(1L, (product, d) => product <= int.MaxValue && d <= int.MaxValue ? product * d : long.MaxValue);
        int open = shape.Count(d => d < 0);
        if (open == 1 && known > 0 && length % known == 0)
        {
            shape[Array.IndexOf(shape, -1L)] = length / known;
        }
        else if (open > 0 || known != length)
        {
            string need = open == 0 ? $"{known} items" : open == 1 ? $"a multiple of {known} items" : "a shape with at most one open dimension besides the first";
            throw new ArgumentException($"Column '{column.Name}' is {column}; the model input {input} needs {need}. Choose another column, or fix the shape in the model.");
        }
        return shape;
    }

    /// <summary>A shape as the dimensions of a vector type: at least one, and 1 for none.</summary>
    public static int[] ToDimensions(IReadOnlyList<long> shape) => shape.Count == 0 ? [1] : [.. shape.Select(d => checked((int)d))];
}
