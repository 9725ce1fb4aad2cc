// SPDX-License-Identifier: MIT
using Microsoft.ML.Data;

namespace MLNetExtensions.Samples.ConstrainedClassification;

/// <summary>Someone who asked for a loan, and whether it was paid back. People of the south live in districts where fewer loans were paid back, also those who did.</summary>
internal sealed class Applicant
{
    [VectorType(3)]
    public float[] Features { get; set; } = [];

    public string Region { get; set; } = "";

    public bool Label { get; set; }

    public static Applicant[] Draw(int count, int seed)
    {
        var random = new Random(seed);
        var applicants = new Applicant[count];
        for (int i = 0; i < count; i++)
        {
            bool south = random.NextDouble() < 0.4;
            double income = Patient.Normal(random), savings = Patient.Normal(random), district = (south ? -0.9 : 0.6) + (0.6 * Patient.Normal(random));
            double odds = (1.3 * income) + (0.8 * savings) + (0.9 * district);
            applicants[i] = new Applicant
            {
                Features = [(float)income, (float)savings, (float)district],
                Region = south ? "south" : "north",
                Label = random.NextDouble() < 1 / (1 + Math.Exp(-odds)),
            };
        }
        return applicants;
    }
}
