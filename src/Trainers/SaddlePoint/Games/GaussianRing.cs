// SPDX-License-Identifier: MIT
using MLNetExtensions.Numerics;

namespace MLNetExtensions.Trainers.SaddlePoint.Games;

/// <summary>Gaussians in the plane, all alike, evenly on a circle: what generative adversarial networks are tried on first, since one sees at once which modes they miss.</summary>
public sealed record GaussianRing
{
    // A point belongs to a mode within this many standard deviations: 98.9 % of the mode's own do.
    private const double Reach = 3;

    /// <summary>How many there are.</summary>
    /// <value>The default is 8.</value>
    public int Modes { get; init => field = value >= 1 ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Modes)} must be at least 1."); } = 8;

    /// <summary>The radius of the circle.</summary>
    /// <value>The default is 1.</value>
    public double Radius { get; init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(Radius)} must be finite and greater than 0."); } = 1;

    /// <summary>The standard deviation of each, in both directions.</summary>
    /// <value>The default is 0.1.</value>
    public double StandardDeviation { get; init => field = value > 0 && double.IsFinite(value) ? value : throw new ArgumentOutOfRangeException(nameof(value), value, $"{nameof(StandardDeviation)} must be finite and greater than 0."); } = 0.1;

    /// <summary>Draws points: of each mode as many as of any other, or one more.</summary>
    /// <param name="count">How many.</param>
    /// <param name="seed">Same seed, same points.</param>
    /// <returns>A row for each.</returns>
    public DenseMatrix Draw(int count, ulong seed)
    {
        DenseMatrix points = new(count, 2);
        RandomStream random = new(seed, 0x816);
        for (int i = 0; i < count; i++)
        {
            var (x, y) = Center(i % Modes);
            points[i, 0] = (float)(x + (StandardDeviation * random.NextNormal()));
            points[i, 1] = (float)(y + (StandardDeviation * random.NextNormal()));
        }
        return points;
    }

    /// <summary>Says how well points cover the modes.</summary>
    /// <param name="points">Rows of two numbers.</param>
    /// <exception cref="ArgumentException">The rows have another length.</exception>
    public ModeCoverage Cover(DenseMatrix points)
    {
        ArgumentNullException.ThrowIfNull(points);
        if (points.Columns != 2)
        {
            throw new ArgumentException($"The rows have {points.Columns} numbers; points of the plane have 2.", nameof(points));
        }
        int[] counts = new int[Modes];
        int near = 0;
        for (int i = 0; i < points.Rows; i++)
        {
            var (nearest, distance) = Enumerable.Range(0, Modes)
                .Select(mode => (Mode: mode, Distance: Distance(mode, points[i, 0], points[i, 1]))).MinBy(pair => pair.Distance);
            if (distance <= Reach * StandardDeviation)
            {
                counts[nearest]++;
                near++;
            }
        }
        // A quarter of a mode's fair share is taken to show that it is not missed.
        int covered = counts.Count(count => 4L * Modes * count >= points.Rows);
        return new ModeCoverage(points.Rows == 0 ? 0 : covered, points.Rows == 0 ? 0 : near / (double)points.Rows, Array.AsReadOnly(counts));
    }

    private double Distance(int mode, double x, double y)
    {
        var center = Center(mode);
        return Math.Sqrt(((x - center.X) * (x - center.X)) + ((y - center.Y) * (y - center.Y)));
    }

    private (double X, double Y) Center(int mode) => (Radius * Math.Cos(2 * Math.PI * mode / Modes), Radius * Math.Sin(2 * Math.PI * mode / Modes));
}
