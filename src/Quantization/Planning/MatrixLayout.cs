// SPDX-License-Identifier: MIT
using System.Numerics;
using MLNetExtensions.Quantization.Solvers;

namespace MLNetExtensions.Quantization.Planning;

/// <summary>A matrix for <c>MatMulNBits</c>, which sums over <paramref name="K"/> and has <paramref name="N"/> outputs.</summary>
/// <param name="K">The length of the sum.</param>
/// <param name="N">The number of outputs.</param>
/// <param name="IsSumFirst">Whether the tensor lies as [K, N]; otherwise as [N, K].</param>
/// <param name="Grouping">Which weights share a scale.</param>
/// <param name="BlockSize">Weights that have one entry in the operator's table of scales; groups larger than that are entered several times.</param>
internal sealed record MatrixLayout(int K, int N, bool IsSumFirst, WeightGrouping Grouping, int BlockSize)
{
    private const int SmallestBlock = 16;
    private const int LargestBlock = 256;

    /// <summary>Blocks along K in the operator's table.</summary>
    public int Blocks => ((K - 1) / BlockSize) + 1;

    /// <summary>The groups for the solvers.</summary>
    public GroupLayout Groups => Grouping switch
    {
        WeightGrouping.PerTensor => GroupLayout.PerTensor(checked(K * N)),
        WeightGrouping.PerKernel => IsSumFirst ? GroupLayout.PerChannel(K, N, 1) : GroupLayout.PerChannel(1, N, K),
        _ => IsSumFirst ? GroupLayout.Blocks(1, K, N, BlockSize) : GroupLayout.Blocks(N, K, 1, BlockSize),
    };

    /// <summary>Where the code of a weight lies.</summary>
    public int CodeAt(int k, int n) => IsSumFirst ? (k * N) + n : (n * K) + k;

    /// <summary>The group of a block.</summary>
    public int GroupAt(int block, int n) => Grouping switch
    {
        WeightGrouping.PerTensor => 0,
        WeightGrouping.PerKernel => n,
        _ => IsSumFirst ? (block * N) + n : (n * Blocks) + block,
    };

    public static MatrixLayout Create(int k, int n, bool isSumFirst, OnnxQuantizationOptions options) => new(k, n, isSumFirst, options.Grouping,
        options.Grouping == WeightGrouping.PerBlock ? options.BlockSize : Math.Clamp((int)BitOperations.RoundUpToPowerOf2((uint)k), SmallestBlock, LargestBlock));
}
