// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.Tests.Data;

public sealed class TrainingRowsTests
{
    [Theory]
    [InlineData(1, 10_000, 1)]
    [InlineData(7, 9_001, 0.1)]
    [InlineData(7, 9_001, 0.9)]
    [InlineData(300_000, 5, 0.5)]
    [InlineData(2_000_000, 3, 0.01)]
    public void Rows_come_back_as_they_were_given_dense_or_sparse(int features, int count, double density)
    {
        RandomStream random = new(1);
        TrainingRowsBuilder dense = new(features), sparse = new(features);
        float[][] expected = [.. Enumerable.Range(0, count).Select(_ => Row(random, features, density))];
        for (int row = 0; row < count; row++)
        {
            dense.AddDense(expected[row], row, 1 + (row % 3));
            int[] indices = [.. Enumerable.Range(0, features).Where(i => expected[row][i] != 0)];
            sparse.AddSparse(indices, [.. indices.Select(i => expected[row][i])], row, 1 + (row % 3));
        }
        float[] actual = new float[features];
        foreach (var rows in new[] { dense.Finish(), sparse.Finish() })
        {
            Assert.Equal(count, rows.Count);
            Assert.Equal(density > 0.25, rows.IsDense);
            for (int row = 0; row < count; row++)
            {
                rows.CopyFeatures(row, actual);
                Assert.True(expected[row].AsSpan().SequenceEqual(actual), $"row {row}");
                Assert.Equal((row, 1 + (row % 3)), (rows.Labels[row], rows.Weights[row]));
            }
        }
    }

    [Fact]
    public void Weights_are_not_kept_where_all_are_one()
    {
        Assert.True(TrainingRows.Dense([1, 2], 1, [0, 1], [1, 1]).Weights.IsEmpty);
        Assert.Equal([1, 2], TrainingRows.Dense([1, 2], 1, [0, 1], [1, 2]).Weights);
    }

    [Theory]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    [InlineData(float.NegativeInfinity)]
    public void A_number_that_is_not_finite_is_named_wherever_it_lies(float bad)
    {
        for (int place = 0; place < 37; place++)
        {
            float[] features = new float[2 * 37];
            features[37 + place] = bad;
            var error = Assert.Throws<ArgumentException>(() => TrainingRows.Dense(features, 37, [0, 1]));
            Assert.Contains($"Row 1 has {bad} as feature {place};", error.Message, StringComparison.Ordinal);
        }
        Assert.Contains($"Row 0 has {bad} as feature 5;", Assert.Throws<ArgumentException>(() => TrainingRows.Sparse([0, 1], [5], [bad], 9, [0])).Message, StringComparison.Ordinal);
        Assert.Contains($"Row 1 has {bad} as label", Assert.Throws<ArgumentException>(() => TrainingRows.Dense([1, 2], 1, [0, bad])).Message, StringComparison.Ordinal);
        Assert.Contains($"Row 0 has {bad} as weight", Assert.Throws<ArgumentException>(() => TrainingRows.Dense([1, 2], 1, [0, 1], [bad, 1])).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Spans_that_do_not_belong_together_are_refused()
    {
        foreach (Action make in new Action[]
        {
            () => TrainingRows.Dense([1, 2, 3], 2, [0, 1]),
            () => TrainingRows.Dense([1, 2], 1, [0, 1], [1]),
            () => TrainingRows.Dense([1, 2], 1, [0, 1], [1, -1]),
            () => TrainingRows.Sparse([0, 1], [0, 1], [1, 1], 2, [0]),
            () => TrainingRows.Sparse([0, 2, 1, 2], [0, 1], [1, 1], 2, [0, 0, 0]),
            () => TrainingRows.Sparse([0, 2], [1, 0], [1, 1], 2, [0]),
            () => TrainingRows.Sparse([0, 2], [0, 0], [1, 1], 2, [0]),
            () => TrainingRows.Sparse([0, 1], [2], [1], 2, [0]),
            () => TrainingRows.Sparse([0, 1], [-1], [1], 2, [0]),
        })
        {
            Assert.Throws<ArgumentException>(make);
        }
    }

    private static float[] Row(RandomStream random, int features, double density)
    {
        float[] row = new float[features];
        foreach (ref float value in row.AsSpan())
        {
            value = random.NextDouble() < density ? (float)random.NextNormal() : 0;
        }
        return row;
    }
}
