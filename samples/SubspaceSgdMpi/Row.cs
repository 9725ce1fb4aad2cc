// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Samples.SubspaceSgdMpi;

/// <summary>A row of a noisy linear teacher.</summary>
internal sealed class Row
{
    private const int Length = 20;

    [VectorType(Length)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    /// <summary>The same rows on every rank.</summary>
    public static Row[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var rows = new Row[count];
        for (int i = 0; i < count; i++)
        {
            float[] features = [.. Enumerable.Range(0, Length).Select(_ => (float)((2 * random.NextDouble()) - 1))];
            double odds = features.Select((x, k) => x * (k - (Length / 2)) / 2.0).Sum();
            rows[i] = new Row { Features = features, Label = random.NextDouble() < 1 / (1 + Math.Exp(-odds)) };
        }
        return rows;
    }
}
