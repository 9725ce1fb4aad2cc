// SPDX-License-Identifier: MIT
using System.Globalization;
using MLNetExtensions.TestUtilities;
using MLNetExtensions.Trainers.Data;
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Constrained;
using Xunit;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Constrained;

[Trait("Category", "Long")]
public class ConstrainedSolverA9aTests
{
    private const int Features = 123;

    [RealDataTheory]
    [InlineData(0, 140)]
    [InlineData(512, 80)]
    public void One_solve_on_standardised_features_takes_few_passes(int largestFullCurvature, int mostPasses)
    {
        using var solver = new ConstrainedSolver(ConstrainedProblems.NeymanPearson(Standardized()), threads: 2, largestFullCurvature: largestFullCurvature);

        var solution = solver.Solve([0.175], 1e-6, 400);

        Assert.Equal(SaddleStatus.Converged, solution.Status);
        Assert.Equal(0.7101432, solution.Objective, 1e-6);
        Assert.Equal(2.70704, solution.Multipliers[0], 1e-4);
        Assert.InRange(solution.Passes, 1, mostPasses);
    }

    private static TrainingRows Standardized()
    {
        string[] lines = File.ReadAllLines(RealData.PathOf(Path.Combine("tabular", "a9a", "a9a")));
        float[] values = new float[lines.Length * Features];
        for (int row = 0; row < lines.Length; row++)
        {
            foreach (string entry in lines[row].Split(' ', StringSplitOptions.RemoveEmptyEntries)[1..])
            {
                values[(row * Features) + int.Parse(entry.AsSpan(0, entry.IndexOf(':', StringComparison.Ordinal)), CultureInfo.InvariantCulture) - 1] = 1;
            }
        }
        for (int j = 0; j < Features; j++)
        {
            // Of zeros and ones, the mean says it all.
            double mean = Enumerable.Range(0, lines.Length).Average(row => values[(row * Features) + j]), deviation = Math.Sqrt(mean * (1 - mean));
            for (int at = j; at < values.Length; at += Features)
            {
                values[at] = deviation > 0 ? (float)((values[at] - mean) / deviation) : 0;
            }
        }
        return TrainingRows.Dense(values, Features, [.. lines.Select(line => line[0] == '+' ? 1f : 0)]);
    }
}
