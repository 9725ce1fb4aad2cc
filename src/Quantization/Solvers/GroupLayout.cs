// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>Which weights of a row-major tensor share a scale. Groups are numbered in the row-major order of the tensor of scales that ONNX wants.</summary>
/// <remarks>The tensor is seen as [Outer, Axis, Inner]. Either every index of the axis is a group over all of Outer and Inner,
/// or the axis is cut into blocks, the last of which may be shorter, for each index of Outer and Inner.</remarks>
public readonly record struct GroupLayout
{
    private GroupLayout(int outer, int axis, int inner, int blockSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(outer);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(axis);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(inner);
        (Outer, Axis, Inner, BlockSize) = (outer, axis, inner, blockSize);
        Count = checked((int)((long)outer * axis * inner));
    }

    /// <summary>The product of the dimensions before the axis.</summary>
    public int Outer { get; }

    /// <summary>The length of the axis.</summary>
    public int Axis { get; }

    /// <summary>The product of the dimensions after the axis.</summary>
    public int Inner { get; }

    /// <summary>The number of successive indices of the axis that share a scale; 0 where each index is a group of its own over the other dimensions.</summary>
    public int BlockSize { get; }

    /// <summary>The number of weights.</summary>
    public int Count { get; }

    /// <summary>The number of groups.</summary>
    public int Groups => BlockSize == 0 ? Axis : Outer * BlocksPerLine * Inner;

    /// <summary>The number of weights of the largest group.</summary>
    public int LargestGroup => BlockSize == 0 ? Outer * Inner : Math.Min(BlockSize, Axis);

    internal int BlocksPerLine => BlockSize == 0 ? 1 : ((Axis - 1) / BlockSize) + 1;

    /// <summary>One scale for all weights.</summary>
    public static GroupLayout PerTensor(int count) => new(1, 1, count, 0);

    /// <summary>One scale for each index of an axis: 0 for Conv, 1 for the matrix of MatMul and for ConvTranspose, either for Gemm.</summary>
    public static GroupLayout PerChannel(int outer, int axis, int inner) => new(outer, axis, inner, 0);

    /// <summary>One scale for each block of an axis, at each index of the other dimensions.</summary>
    public static GroupLayout Blocks(int outer, int axis, int inner, int blockSize)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(blockSize);
        return new(outer, axis, inner, blockSize);
    }
}
