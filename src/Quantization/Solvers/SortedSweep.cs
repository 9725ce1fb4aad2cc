// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Solvers;

/// <summary>The best positive scale of a group for codes -negativeCap..positiveCap, by sorting every scale at which a code changes.</summary>
internal static class SortedSweep
{
    public static (double Scale, double Gain) Solve(ReadOnlySpan<float> weights, int negativeCap, int positiveCap)
    {
        List<(double Scale, double Weight, int Growth)> events = [];
        foreach (float weight in weights)
        {
            double magnitude = Math.Abs((double)weight);
            int cap = weight >= 0 ? positiveCap : negativeCap;
            for (int j = 0; j < cap && magnitude > 0; j++)
            {
                events.Add((magnitude / (j + 0.5), magnitude, (2 * j) + 1));
            }
        }
        events.Sort((a, b) => b.Scale.CompareTo(a.Scale));
        double products = 0;
        double squares = 0;
        (double Scale, double Gain) best = (1, 0);
        foreach ((_, double weight, int growth) in events)
        {
            products += weight;
            squares += growth;
            double gain = products / squares * products;
            if (gain > best.Gain * (1 + 4e-15))
            {
                best = (products / squares, gain);
            }
        }
        return best;
    }
}
