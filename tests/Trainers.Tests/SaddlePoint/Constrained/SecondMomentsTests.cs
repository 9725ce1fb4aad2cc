// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

public class SecondMomentsTests
{
    private const int Count = 5000, Features = 6;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Moments_and_means_are_those_of_the_definition(bool isSparse)
    {
        var (sparse, dense) = Rows();
        var rows = isSparse ? sparse : dense;
        Assert.Equal(isSparse, !rows.IsDense);
        var random = new Random(2);
        double[] weights = [.. Enumerable.Range(0, Count).Select(_ => random.Next(3) * random.NextDouble())];
        double[] mean = [0.1, -0.2, 0.3, 0, 0, 0];
        using var team = new ThreadTeam(2);

        double[] moments = SecondMoments.Of(rows, weights, mean, team, default);

        double[][] x = [.. Enumerable.Range(0, Count).Select(row => Array.ConvertAll(Copy(dense, row), value => (double)value))];
        double total = weights.Sum();
        for (int i = 0; i < Features; i++)
        {
            double first = weights.Zip(x, (weight, row) => weight * row[i]).Sum() / total;
            Assert.Equal(first, mean[i], 1e-12);
            for (int j = 0; j < Features; j++)
            {
                double other = weights.Zip(x, (weight, row) => weight * row[j]).Sum() / total;
                Assert.Equal(weights.Zip(x, (weight, row) => weight * (row[i] - first) * (row[j] - other)).Sum(), moments[(i * Features) + j], 1e-9);
            }
        }
    }

    [Fact]
    public void Sparse_rows_give_the_solution_of_dense_ones()
    {
        var (sparse, dense) = Rows();
        using var first = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(sparse));
        using var second = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(dense));

        var actual = first.Solve([0.6], 1e-9, 400);

        var expected = second.Solve([0.6], 1e-9, 400);
        Assert.Equal(SaddleStatus.Converged, actual.Status);
        Assert.Equal(expected.Objective, actual.Objective, 1e-9);
        Assert.All(expected.Weights.Zip(actual.Weights), pair => Assert.Equal(pair.First, pair.Second, 1e-7));
    }

    [Fact]
    public void A_cancelled_token_ends_it()
    {
        using var team = new ThreadTeam(2);

        Assert.Throws<OperationCanceledException>(() => SecondMoments.Of(Rows().Dense, new double[Count], new double[Features], team, new CancellationToken(canceled: true)));
    }

    // One value in eight is not zero; the dense rows are the same but for a value of each that is too small to count and makes them be stored densely.
    private static (TrainingRows Sparse, TrainingRows Dense) Rows()
    {
        var random = new Random(1);
        float[] values = new float[Count * Features], filled = new float[Count * Features], labels = new float[Count];
        for (int row = 0; row < Count; row++)
        {
            double score = random.NextDouble() - 0.5;
            for (int j = 0; j < Features; j++)
            {
                float value = random.Next(8) == 0 ? (float)random.NextDouble() : 0;
                values[(row * Features) + j] = value;
                filled[(row * Features) + j] = value == 0 ? 1e-30f : value;
                score += value * (j % 2 == 0 ? 2 : -2);
            }
            labels[row] = score > 0 ? 1 : 0;
        }
        return (TrainingRows.Dense(values, Features, labels), TrainingRows.Dense(filled, Features, labels));
    }

    private static float[] Copy(TrainingRows rows, int row)
    {
        float[] values = new float[Features];
        rows.CopyFeatures(row, values);
        return values;
    }
}
