// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Samples.ConstrainedClassification;

/// <summary>A patient with two markers and an age. One in eight is ill; a third of the ill show it by the second marker only, and faintly.</summary>
internal sealed class Patient
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public bool Label { get; set; }

    public static Patient[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var patients = new Patient[count];
        for (int i = 0; i < count; i++)
        {
            bool ill = random.NextDouble() < 0.125, faint = random.NextDouble() < 0.35;
            double first = ill && !faint ? 3 : 0, second = ill ? faint ? 1.6 : 0.4 : 0;
            patients[i] = new Patient { Features = [(float)(first + Normal(random)), (float)(second + (0.7 * Normal(random))), (float)Normal(random)], Label = ill };
        }
        return patients;
    }

    internal static double Normal(Random random) => Math.Sqrt(-2 * Math.Log(1 - random.NextDouble())) * Math.Cos(2 * Math.PI * random.NextDouble());
}
