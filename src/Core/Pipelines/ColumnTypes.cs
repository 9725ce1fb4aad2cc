// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace MLNetExtensions.Pipelines;

/// <summary>Which column type holds which tensor elements.</summary>
internal static class ColumnTypes
{
    public static PrimitiveDataViewType? ItemTypeOf(TensorElementType type) => type switch
    {
        TensorElementType.Float => NumberDataViewType.Single,
        TensorElementType.Double => NumberDataViewType.Double,
        TensorElementType.Int8 => NumberDataViewType.SByte,
        TensorElementType.UInt8 => NumberDataViewType.Byte,
        TensorElementType.Int16 => NumberDataViewType.Int16,
        TensorElementType.UInt16 => NumberDataViewType.UInt16,
        TensorElementType.Int32 => NumberDataViewType.Int32,
        TensorElementType.UInt32 => NumberDataViewType.UInt32,
        TensorElementType.Int64 => NumberDataViewType.Int64,
        TensorElementType.UInt64 => NumberDataViewType.UInt64,
        TensorElementType.Bool => BooleanDataViewType.Instance,
        _ => null,
    };
}
