// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

public class LossBlocksTests
{
    private const int Count = 2500;

    [Fact]
    public void Derivatives_are_those_that_differences_show()
    {
        var rows = ConstrainedProblems.Rows(Count, 3, 31);
        var problem = ConstrainedProblems.NeymanPearson(rows) with { LossConstraints = [ConstrainedProblems.Mean(rows, 1), ConstrainedProblems.Mean(rows, 1, row => row % 3 == 0)] };
        using var team = new ThreadTeam(1);
        var blocks = new LossBlocks(problem, team);
        var random = new Random(1);
        double[][] columns = [.. Enumerable.Range(0, 3).Select(_ => Enumerable.Range(0, Count).Select(_ => random.NextDouble() - 0.5).ToArray())];
        double[] multipliers = [2, 3];

        double[][] gradients = [new double[3], new double[3], new double[3]];
        double[] curvature = new double[9];
        blocks.Evaluate(At([0.5, -1, 2]));
        blocks.Differentiate(columns, multipliers, gradients, curvature);

        const double H = 1e-5;
        for (int j = 0; j < 3; j++)
        {
            double[] above = [0.5, -1, 2], below = [0.5, -1, 2];
            above[j] += H;
            below[j] -= H;
            var (high, slopesHigh) = Sums(above);
            var (low, slopesLow) = Sums(below);
            for (int block = 0; block < 3; block++)
            {
                Assert.Equal((high[block] - low[block]) / (2 * H), gradients[block][j], 1e-8);
            }
            for (int i = 0; i < 3; i++)
            {
                Assert.Equal((slopesHigh[i] - slopesLow[i]) / (2 * H), curvature[(j * 3) + i], 1e-8);
            }
        }

        double[] At(double[] coefficients) => [.. Enumerable.Range(0, Count).Select(row => 0.3 + columns.Zip(coefficients, (column, c) => column[row] * c).Sum())];

        // Losses of the blocks, and slopes of the objective plus multipliers times constraints.
        (double[] Losses, double[] Slopes) Sums(double[] coefficients)
        {
            double[][] first = [new double[3], new double[3], new double[3]];
            blocks.Evaluate(At(coefficients));
            double[] losses = [blocks.Objective, .. blocks.Values];
            blocks.Differentiate(columns, multipliers, first, new double[9]);
            return (losses, [.. Enumerable.Range(0, 3).Select(j => first[0][j] + (2 * first[1][j]) + (3 * first[2][j]))]);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(30)]
    [InlineData(-800)]
    [InlineData(800)]
    public void Losses_of_any_score_are_finite_and_exact(double score)
    {
        var problem = ConstrainedProblems.NeymanPearson(ConstrainedProblems.Rows(10, 1, 1));
        using var team = new ThreadTeam(1);
        var blocks = new LossBlocks(problem, team);

        blocks.Evaluate([.. Enumerable.Repeat(score, 10)]);

        Assert.Equal(score > 700 ? score : score < -700 ? 0 : Math.Log(1 + Math.Exp(score)), blocks.Objective, 1e-13 * Math.Max(1, Math.Abs(score)));
        Assert.Equal(score > 700 ? 0 : score < -700 ? -score : Math.Log(1 + Math.Exp(-score)), blocks.Values[0], 1e-13 * Math.Max(1, Math.Abs(score)));
    }
}
