// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Planning;

/// <summary>Another order of a tensor's elements: the tensor seen with some dimensions, its axes permuted.</summary>
/// <param name="Dimensions">The dimensions seen, in the old order.</param>
/// <param name="Permutation">For each new axis, the old one.</param>
internal sealed record Arrangement(int[] Dimensions, int[] Permutation)
{
    public static Arrangement Transpose(long rows, long columns) => new([checked((int)rows), checked((int)columns)], [1, 0]);

    /// <summary>The dimensions in the new order.</summary>
    public int[] NewDimensions => [.. Permutation.Select(axis => Dimensions[axis])];

    /// <summary>The elements in the new order.</summary>
    public float[] Apply(ReadOnlySpan<float> elements)
    {
        float[] arranged = GC.AllocateUninitializedArray<float>(elements.Length);
        int[] sizes = NewDimensions;
        int[] steps = new int[sizes.Length];
        for (int axis = 0; axis < sizes.Length; axis++)
        {
            steps[axis] = Dimensions[(Permutation[axis] + 1)..].Aggregate(1, (product, size) => product * size);
        }
        int inner = sizes[^1];
        int innerStep = steps[^1];
        int[] at = new int[sizes.Length];
        int from = 0;
        for (int to = 0; to < arranged.Length; to += inner)
        {
            for (int i = 0; i < inner; i++)
            {
                arranged[to + i] = elements[from + (i * innerStep)];
            }
            for (int axis = sizes.Length - 2; axis >= 0; axis--)
            {
                from += steps[axis];
                if (++at[axis] < sizes[axis])
                {
                    break;
                }
                from -= steps[axis] * sizes[axis];
                at[axis] = 0;
            }
        }
        return arranged;
    }
}
