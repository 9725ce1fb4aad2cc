// SPDX-License-Identifier: MIT
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>How the codes of a tensor lie in the graph, which of them share a scale, and how what the operators read is made from them.</summary>
internal sealed record WeightLayout
{
    /// <summary>The dimensions of the tensor of codes.</summary>
    public required int[] Dimensions { get; init; }

    /// <summary>The axis that is cut into blocks, or that counts kernels; null with one scale for all.</summary>
    public int? Axis { get; init; }

    /// <summary>Weights in a block; 0 where each index of the axis has one scale, or all have.</summary>
    public int BlockSize { get; init; }

    /// <summary>The order of the codes, where it is not the tensor's own.</summary>
    public Arrangement? Arrangement { get; init; }

    /// <summary>Steps from the decoded tensor to what the operators read: Reshape to dimensions, or Transpose by a permutation.</summary>
    public IReadOnlyList<(string Operation, int[] Arguments)> Finish { get; init; } = [];

    /// <summary>The dimensions of the tensor of scales; empty for a scalar.</summary>
    public int[] ScaleDimensions
    {
        get
        {
            if (Axis is not { } axis)
            {
                return [];
            }
            if (BlockSize == 0)
            {
                return [Dimensions[axis]];
            }
            int[] dimensions = [.. Dimensions];
            dimensions[axis] = Blocks;
            return dimensions;
        }
    }

    /// <summary>Blocks along the axis.</summary>
    public int Blocks => BlockSize == 0 ? 1 : ((Dimensions[Axis!.Value] - 1) / BlockSize) + 1;

    /// <summary>Whether the last block of the axis is shorter.</summary>
    public bool IsRagged => BlockSize > 0 && Dimensions[Axis!.Value] % BlockSize != 0;

    public int Outer => Axis is { } axis ? Product(Dimensions.AsSpan(0, axis)) : 1;

    public int Inner => Axis is { } axis ? Product(Dimensions.AsSpan(axis + 1)) : Product(Dimensions);

    /// <summary>The same for the solvers.</summary>
    public GroupLayout Groups => Axis is not { } axis ? GroupLayout.PerTensor(Product(Dimensions))
        : BlockSize == 0 ? GroupLayout.PerChannel(Outer, Dimensions[axis], Inner)
        : GroupLayout.Blocks(Outer, Dimensions[axis], Inner, BlockSize);

    private static int Product(ReadOnlySpan<int> sizes)
    {
        int product = 1;
        foreach (int size in sizes)
        {
            product = checked(product * size);
        }
        return product;
    }
}
