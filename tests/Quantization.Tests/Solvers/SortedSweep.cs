// SPDX-License-Identifier: MIT
namespace MLNetExtensions.Quantization.Tests.Solvers;

/// <summary>The oracle: the best scale for codes -negativeCap..positiveCap by sorting every scale at which a code changes, in plain scalar code.</summary>
internal static class SortedSweep
{
    public static double SquaredError(ReadOnlySpan<float> weights, QuantizationForm form)
    {
        (int first, int last) = form switch
        {
            QuantizationForm.Symmetric => (7, 8),
            QuantizationForm.PositiveScale => (8, 8),
            _ => (0, 15),
        };
        double gain = 0;
        for (int zeroPoint = first; zeroPoint <= last; zeroPoint++)
        {
            gain = Math.Max(gain, Gain(weights, zeroPoint, 15 - zeroPoint));
        }
        return WeightSamples.Energy(weights) - gain;
    }

    private static double Gain(ReadOnlySpan<float> weights, int negativeCap, int positiveCap)
    {
        List<(double Scale, double Magnitude, int Growth)> changes = [];
        foreach (float weight in weights)
        {
            double magnitude = Math.Abs((double)weight);
            for (int code = 0; code < (weight >= 0 ? positiveCap : negativeCap) && magnitude > 0; code++)
            {
                changes.Add((magnitude / (code + 0.5), magnitude, (2 * code) + 1));
            }
        }
        changes.Sort((a, b) => b.Scale.CompareTo(a.Scale));
        (double products, double squares, double best) = (0, 0, 0);
        foreach ((_, double magnitude, int growth) in changes)
        {
            products += magnitude;
            squares += growth;
            best = Math.Max(best, products * products / squares);
        }
        return best;
    }
}
