// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;

namespace MLNetExtensions.Trainers.Tests.Data;

/// <summary>Products of rows with vectors of double, and their sums over chunks of rows.</summary>
public sealed class DoubleProductsTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(5, 1)]
    [InlineData(16, 0.9)]
    [InlineData(37, 1)]
    [InlineData(37, 0.1)]
    [InlineData(64, 0.05)]
    [InlineData(9, 0)]
    public void Products_are_those_of_the_definition(int features, double density)
    {
        var random = new Random(5);
        var rows = Draw(random, 40, features, density);
        double[] other = [.. Enumerable.Range(0, features).Select(_ => random.NextDouble() - 0.5)];
        float[] row = new float[features];
        for (int i = 0; i < rows.Count; i++)
        {
            rows.CopyFeatures(i, row);
            double[] sum = [.. other];

            double product = rows[i].Dot(other);
            rows[i].AddTo(sum, 0.3);

            // The order of additions differs from the definition's.
            Assert.Equal(row.Select((value, j) => value * other[j]).Sum(), product, 1e-14 * features);
            Assert.Equal(row.Select((value, j) => other[j] + (0.3 * value)), sum, (a, b) => Math.Abs(a - b) < 1e-15);
        }
    }

    [Theory]
    [InlineData(1)]
    [InlineData(511)]
    [InlineData(5_000)]
    [InlineData(60_001)]
    public void Sums_hold_every_row_once_and_are_the_same_on_any_number_of_threads(int count)
    {
        double[] values = [.. Enumerable.Range(0, count).Select(i => Math.Sin(i))];
        ChunkedSum.AddRows add = (first, end, sum) =>
        {
            for (int i = first; i < end; i++)
            {
                sum[0] += values[i];
                sum[5_000] += 1;
            }
        };
        List<double[]> sums = [];
        foreach (int threads in new[] { 1, 2, 5 })
        {
            using ThreadTeam team = new(threads);
            var sum = new ChunkedSum(count, 5_001, team);
            sum.Over(add);
            // The second pass begins from zeros.
            sums.Add([.. sum.Over(add)]);
        }

        Assert.Equal(values.Sum(), sums[0][0], 1e-9);
        Assert.Equal(count, sums[0][5_000]);
        Assert.Equal(sums[0], sums[1]);
        Assert.Equal(sums[0], sums[2]);
    }

    private static TrainingRows Draw(Random random, int count, int features, double density)
    {
        float[] values = [.. Enumerable.Range(0, count * features).Select(_ => random.NextDouble() < density ? random.NextSingle() - 0.5f : 0)];
        return TrainingRows.Dense(values, features, new float[count]);
    }
}
