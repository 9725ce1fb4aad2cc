// SPDX-License-Identifier: MIT
using MLNetExtensions.Onnx;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>Bytes that a quantized tensor takes: codes, scales, zero points, offsets.</summary>
internal static class StoredSize
{
    public static long Of(WeightLayout layout, QuantizationForm form, int scaleBytes)
    {
        long groups = layout.Groups.Groups;
        long codes = layout.Groups.Count;
        if (form == QuantizationForm.RealOffset && layout.IsRagged)
        {
            codes = (long)layout.Outer * layout.Blocks * layout.BlockSize * layout.Inner;
        }
        return Int4Packing.PackedLength(codes) + (groups * scaleBytes) + form switch
        {
            QuantizationForm.Asymmetric => Int4Packing.PackedLength(groups),
            QuantizationForm.RealOffset => groups * scaleBytes,
            _ => 0,
        };
    }

    public static long Of(MatrixLayout matrix, QuantizationForm form, int scaleBytes)
    {
        long entries = (long)matrix.N * matrix.Blocks;
        return (entries * matrix.BlockSize / 2) + (entries * scaleBytes) + form switch
        {
            QuantizationForm.Asymmetric => matrix.N * Int4Packing.PackedLength(matrix.Blocks),
            QuantizationForm.RealOffset => entries * scaleBytes,
            _ => 0,
        };
    }
}
