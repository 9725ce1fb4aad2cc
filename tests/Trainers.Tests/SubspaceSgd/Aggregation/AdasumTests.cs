// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SubspaceSgd.Aggregation;
using static MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation.Vectors;

namespace MLNetExtensions.Trainers.Tests.SubspaceSgd.Aggregation;

public sealed class AdasumTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(5)]
    [InlineData(6)]
    [InlineData(8)]
    [InlineData(13)]
    [InlineData(32)]
    public void Coefficients_equal_the_tree_over_vectors(int workers)
    {
        double[][] gradients = Vectors.Random(workers, 30, (ulong)workers);

        Equal(Tree(gradients), Update(new Adasum(), gradients), 1e-11);
    }

    [Fact]
    public void Orthogonal_gradients_are_summed_and_equal_ones_averaged()
    {
        Equal([1, 2, 3], Update(new Adasum(), [[1, 0, 0], [0, 2, 0], [0, 0, 3]]));
        Equal([1, 2], Update(new Adasum(), [[1, 2], [1, 2], [1, 2], [1, 2]]));
    }

    [Fact]
    public void A_gradient_of_zeros_changes_nothing() => Equal([3, 4], Update(new Adasum(), [[0, 0], [3, 4], [0, 0]]));

    [Fact]
    public void The_order_of_workers_counts()
    {
        double[][] gradients = Vectors.Random(4, 30, 1);
        double[][] swapped = [gradients[0], gradients[2], gradients[1], gradients[3]];

        Assert.True(Norm(Add(Update(new Adasum(), gradients), Scale(Update(new Adasum(), swapped), -1))) > 1e-3);
    }

    // Level after level over vectors; of an odd number the last is carried up.
    private static double[] Tree(double[][] sums)
    {
        while (sums.Length > 1)
        {
            sums = [.. sums.Chunk(2).Select(pair => pair.Length == 1 ? pair[0] : Pair(pair[0], pair[1]))];
        }
        return sums[0];
    }

    private static double[] Pair(double[] a, double[] b) =>
        Add(Scale(a, 1 - (Dot(a, b) / (2 * Dot(a, a)))), Scale(b, 1 - (Dot(a, b) / (2 * Dot(b, b)))));
}
