// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SaddlePoint.Games;

public sealed class GaussianRingTests
{
    [Fact]
    public void Its_own_points_cover_it()
    {
        GaussianRing ring = new();
        var coverage = ring.Cover(ring.Draw(8000, 1));

        Assert.Equal(8, coverage.Covered);
        // exp(-9/2) of a Gaussian in the plane lie outside of three standard deviations; the tolerance is four of the share's own.
        Assert.Equal(1 - Math.Exp(-4.5), coverage.NearShare, 0.0047);
        Assert.All(coverage.Counts, count => Assert.InRange(count, 950, 1000));
    }

    [Fact]
    public void Points_count_for_the_mode_that_they_are_near()
    {
        GaussianRing ring = new() { Modes = 4, Radius = 2, StandardDeviation = 0.1 };
        DenseMatrix points = new(6, 2);
        (float X, float Y)[] places = [(2, 0), (2.29f, 0), (2.31f, 0), (0, 2), (0, 0), (-2, 0.1f)];
        for (int i = 0; i < places.Length; i++)
        {
            (points[i, 0], points[i, 1]) = places[i];
        }

        var coverage = ring.Cover(points);

        Assert.Equal([2, 1, 1, 0], coverage.Counts);
        Assert.Equal(4 / 6.0, coverage.NearShare, 12);
        Assert.Equal(3, coverage.Covered);
    }

    [Fact]
    public void No_points_cover_nothing_and_rows_of_another_length_are_refused()
    {
        Assert.Equal(0, new GaussianRing().Cover(new DenseMatrix(0, 2)).Covered);
        Assert.Throws<ArgumentException>(() => new GaussianRing().Cover(new DenseMatrix(1, 3)));
    }

    [Fact]
    public void Bad_values_are_refused()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianRing { Modes = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianRing { Radius = 0 });
        Assert.Throws<ArgumentOutOfRangeException>(() => new GaussianRing { StandardDeviation = double.NaN });
    }
}
