// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Samples.SubspaceSgd;

/// <summary>A point on one of three arms of a spiral, which no straight line tells apart.</summary>
internal sealed class SpiralPoint
{
    private static readonly string[] Arms = ["red", "green", "blue"];

    [VectorType(2)]
    public float[] Features { get; set; } = [];

    public string Arm { get; set; } = "";

    public static SpiralPoint[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var points = new SpiralPoint[count];
        for (int i = 0; i < count; i++)
        {
            int arm = random.Next(Arms.Length);
            double radius = random.NextDouble(), angle = (4 * radius) + (2 * Math.PI * arm / Arms.Length) + (2.2 * (random.NextDouble() - 0.5));
            points[i] = new SpiralPoint { Features = [(float)(radius * Math.Cos(angle)), (float)(radius * Math.Sin(angle))], Arm = Arms[arm] };
        }
        return points;
    }
}
