// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;
using Microsoft.ML.OnnxRuntime.Tensors;

namespace Microsoft.ML.StandIn;

/// <summary>Which types of tensors there are columns for.</summary>
internal static class OnnxElementTypes
{
    internal static PrimitiveDataViewType ItemOf(TensorElementType type) => ItemOf((int)type);

    /// <summary>The type for an ONNX type number; refuses those that the real packages refuse.</summary>
    internal static PrimitiveDataViewType ItemOf(int onnxType) => onnxType switch
    {
        1 => NumberDataViewType.Single,
        2 => NumberDataViewType.Byte,
        3 => NumberDataViewType.SByte,
        4 => NumberDataViewType.UInt16,
        5 => NumberDataViewType.Int16,
        6 => NumberDataViewType.Int32,
        7 => NumberDataViewType.Int64,
        8 => TextDataViewType.Instance,
        9 => BooleanDataViewType.Instance,
        11 => NumberDataViewType.Double,
        12 => NumberDataViewType.UInt32,
        13 => NumberDataViewType.UInt64,
        _ => throw new InvalidOperationException($"Unsupported ONNX scalar type: {NameOf(onnxType)}"),
    };

    private static string NameOf(int onnxType) => onnxType switch
    {
        10 => "Float16",
        14 => "Complex64",
        15 => "Complex128",
        16 => "Bfloat16",
        _ => onnxType.ToString(System.Globalization.CultureInfo.InvariantCulture),
    };
}
