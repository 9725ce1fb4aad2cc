// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Planning;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Emission;

/// <summary>The tables of <c>com.microsoft.MatMulNBits</c>: column by column, block by block, codes 0..15, the lower of two in the low half of a byte.</summary>
internal static class MatMulNBitsPacking
{
    /// <summary>The zero point that the operator assumes where none is given: INT4 code q is stored as q + 8.</summary>
    private const int Middle = 8;

    /// <summary>Codes as [N, blocks, block / 2]. Where a column ends within a block, the rest decodes to zero or is not read.</summary>
    public static byte[] Codes(MatrixLayout matrix, QuantizedTensor tensor)
    {
        bool isSigned = tensor.Form is QuantizationForm.Symmetric or QuantizationForm.PositiveScale;
        int bytesPerBlock = matrix.BlockSize / 2;
        byte[] packed = new byte[checked(matrix.N * matrix.Blocks * bytesPerBlock)];
        for (int n = 0; n < matrix.N; n++)
        {
            for (int block = 0; block < matrix.Blocks; block++)
            {
                var bytes = packed.AsSpan(((n * matrix.Blocks) + block) * bytesPerBlock, bytesPerBlock);
                int padding = isSigned ? Middle : tensor.Groups[matrix.GroupAt(block, n)].ZeroPoint;
                for (int i = 0; i < matrix.BlockSize; i++)
                {
                    int k = (block * matrix.BlockSize) + i;
                    int code = k >= matrix.K ? padding : tensor.Codes[matrix.CodeAt(k, n)] + (isSigned ? Middle : 0);
                    bytes[i / 2] |= (byte)(code << (4 * (i % 2)));
                }
            }
        }
        return packed;
    }

    /// <summary>Scales as [N, blocks].</summary>
    public static float[] Scales(MatrixLayout matrix, QuantizedTensor tensor) => Entries(matrix, tensor, group => group.Scale);

    /// <summary>Real zero points as [N, blocks]: code * scale + offset = (code - zeroPoint) * scale.</summary>
    public static float[] RealZeroPoints(MatrixLayout matrix, QuantizedTensor tensor) => Entries(matrix, tensor, group => -group.Offset / group.Scale);

    /// <summary>Integer zero points as [N, ceil(blocks / 2)], the lower of two in the low half of a byte; a missing one is the middle.</summary>
    public static byte[] ZeroPoints(MatrixLayout matrix, QuantizedTensor tensor)
    {
        int bytesPerColumn = (matrix.Blocks + 1) / 2;
        byte[] packed = new byte[matrix.N * bytesPerColumn];
        for (int n = 0; n < matrix.N; n++)
        {
            for (int block = 0; block < 2 * bytesPerColumn; block++)
            {
                int zeroPoint = block < matrix.Blocks ? tensor.Groups[matrix.GroupAt(block, n)].ZeroPoint : Middle;
                packed[(n * bytesPerColumn) + (block / 2)] |= (byte)(zeroPoint << (4 * (block % 2)));
            }
        }
        return packed;
    }

    private static float[] Entries(MatrixLayout matrix, QuantizedTensor tensor, Func<QuantizedGroup, float> entry)
    {
        float[] entries = new float[matrix.N * matrix.Blocks];
        for (int n = 0; n < matrix.N; n++)
        {
            for (int block = 0; block < matrix.Blocks; block++)
            {
                entries[(n * matrix.Blocks) + block] = entry(tensor.Groups[matrix.GroupAt(block, n)]);
            }
        }
        return entries;
    }
}
