// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint;
using MLNetExtensions.Trainers.SaddlePoint.Problems;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint;

public sealed class SequentialSubspaceTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void A_bilinear_game_of_condition_10_takes_at_most_170_bundles(int seed)
    {
        Random random = new(seed);
        BilinearSaddle game = SaddleExamples.Bilinear(200, 200, 10, random);
        SaddleResult result = SaddleSolver.Solve(game, new() { Start = SaddleExamples.Vector(400, random) });

        Assert.Equal(SaddleStatus.Converged, result.Status);
        Assert.InRange(result.Bundles, 100, 170);
    }
}
