// SPDX-License-Identifier: MIT
using MLNetExtensions.Trainers.SaddlePoint.Admm;

namespace MLNetExtensions.Trainers.Tests.SaddlePoint.Admm;

public sealed class AdmmMapTests
{
    // What the safeguard of acceleration rests on.
    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(100)]
    public void Distances_never_grow_in_the_norm_of_its_weights(double rho)
    {
        for (int seed = 0; seed < 20; seed++)
        {
            AdmmMap map = Map(seed, new AdmmOptions { Rho = rho, Sigma = 0.1 });
            Random random = new(seed);
            double[] weights = new double[map.Variables + map.Rows], first = Far(), second = Far(), firstImage = new double[weights.Length], secondImage = new double[weights.Length];
            map.Weights(weights);
            map.Apply(first, firstImage);
            map.Apply(second, secondImage);

            double before = Distance(first, second), after = Distance(firstImage, secondImage);

            Assert.True(after <= before * (1 + 1e-12), $"{after} after {before}");

            double[] Far() => [.. RandomPrograms.Numbers(random, weights.Length).Select(value => 10 * value)];

            double Distance(double[] left, double[] right) => Math.Sqrt(left.Zip(right, (a, b) => a - b).Zip(weights, (difference, weight) => weight * difference * difference).Sum());
        }
    }

    [Fact]
    public void A_new_penalty_keeps_x_z_and_y()
    {
        AdmmMap map = Map(seed: 3, new AdmmOptions());
        double[] point = RandomPrograms.Numbers(new Random(1), map.Variables + map.Rows);
        (double[] X, double[] Z, double[] Y) before = Read();

        map.ChangeRho(7, point);

        (double[] X, double[] Z, double[] Y) after = Read();
        Assert.Equal(7, map.Rho);
        Assert.Equal(before.X, after.X);
        Assert.All(before.Z.Concat(before.Y).Zip(after.Z.Concat(after.Y)), pair => Assert.Equal(pair.First, pair.Second, 1e-9));

        (double[], double[], double[]) Read()
        {
            double[] x = new double[map.Variables], z = new double[map.Rows], y = new double[map.Rows];
            map.Read(point, x, z, y);
            return (x, z, y);
        }
    }

    private static AdmmMap Map(int seed, AdmmOptions options) => new(new ScaledProgram(RandomPrograms.Draw(seed, variables: 8, rows: 12, scale: 10), options.ScalingRounds), options);
}
